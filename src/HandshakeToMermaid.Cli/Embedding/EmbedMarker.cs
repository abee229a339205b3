namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>A pair of markers in a Markdown file.</summary>
/// <param name="Line">The line of the first, from 1.</param>
/// <param name="Arguments">What the first asks for: the arguments of <c>h2m convert</c>.</param>
/// <param name="Prefix">What begins each line between them: the indentation of a list item, the &gt; of a quotation.</param>
/// <param name="Begin">The offset of the line after the first marker, in characters.</param>
/// <param name="End">The offset of the line of the last marker.</param>
/// <param name="Fault">Why nothing can be embedded here, a clause; null where something can.</param>
internal sealed record EmbedMarker(int Line, string Arguments, string Prefix, int Begin, int End, string? Fault = null);
