namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One connection of a timeline.</summary>
/// <param name="Number">Its number in the list.</param>
/// <param name="Bars">Its phases in the order in which they began; at least one.</param>
internal sealed record TimelineRow(int Number, IReadOnlyList<TimelineBar> Bars);
