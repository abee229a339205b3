namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One connection of a diagram.</summary>
/// <param name="Heading">Which connection this is; null where the diagram has only one.</param>
/// <param name="Bands">Its phases from top to bottom.</param>
/// <param name="Verdict">Its last line: how it turned out; null in an overview.</param>
internal sealed record DiagramPart(Note? Heading, IReadOnlyList<Band> Bands, Note? Verdict);
