namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>What the Mermaid that will draw it bears.</summary>
/// <param name="MaxCharacters">Characters of one diagram.</param>
/// <param name="IsLegacy">True for versions before 9.4, which know no <c>accTitle</c> and <c>accDescr</c>.</param>
internal sealed record MermaidProfile(int MaxCharacters = 49_000, bool IsLegacy = false);
