using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>Connections as a waterfall of their phases, before any output format is chosen. All texts are as they are; outputs escape.</summary>
/// <param name="Title">What it shows, and from where its times count.</param>
/// <param name="Rows">The connections from top to bottom.</param>
/// <param name="Scale">Its time axis.</param>
internal sealed record Timeline(string Title, IReadOnlyList<TimelineRow> Rows, TimelineScale Scale)
{
    /// <summary>The moment at the axis's zero, UTC; null where every connection begins there.</summary>
    public Timestamp? Zero { get; init; }
}
