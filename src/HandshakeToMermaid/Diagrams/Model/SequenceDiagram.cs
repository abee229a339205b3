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
    /// <summary>What stands above everything else: the user's own title, the date of clock times. Null where there is neither.</summary>
    public Note? Caption { get; init; }

    /// <summary>The date that clock times count on, which the caption shows too: "2026-11-21 UTC". Null where no clock times are shown.</summary>
    public string? Date { get; init; }

    /// <summary>True where arrows are numbered; false in an overview, whose arrows carry the numbers of connections.</summary>
    public bool IsNumbered { get; init; } = true;

    /// <summary>The number of its first arrow: 1, but for the later parts of a diagram that had to be split.</summary>
    public int FirstNumber { get; init; } = 1;
}
