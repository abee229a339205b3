namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>Connections as a picture, before any output format is chosen. All texts are as they are; outputs escape.</summary>
/// <param name="Title">What a screen reader says first.</param>
/// <param name="Description">What it says next; empty where there is nothing to add.</param>
/// <param name="Participants">The columns from left to right: helpers, clients, servers.</param>
/// <param name="Parts">The connections from top to bottom.</param>
internal sealed record SequenceDiagram(
    string Title,
    string Description,
    IReadOnlyList<Participant> Participants,
    IReadOnlyList<DiagramPart> Parts)
{
    /// <summary>The number of its first arrow: 1, but for the later parts of a diagram that had to be split.</summary>
    public int FirstNumber { get; init; } = 1;
}
