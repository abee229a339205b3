namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The colors of a band on a light or a dark page, as CSS writes them: "#eef6ff".</summary>
/// <param name="Field">The area behind its arrows.</param>
/// <param name="Bar">The bar behind its header.</param>
/// <param name="Text">The header's text, readable on <paramref name="Bar"/>.</param>
internal sealed record BandTheme(string Field, string Bar, string Text);
