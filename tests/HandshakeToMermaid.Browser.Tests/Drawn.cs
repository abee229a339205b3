namespace HandshakeToMermaid.Browser.Tests;

/// <summary>What a Mermaid version made of one source.</summary>
/// <param name="Error">Why it refused it; null where it drew it.</param>
/// <param name="Texts">The lines of text in the picture, without the step numbers.</param>
/// <param name="Strange">What no drawing of ours may hold: foreign elements, links, scripts, an error picture, ill-formed XML.</param>
internal sealed record Drawn(string? Error, List<string> Texts, List<string> Strange);
