namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One connection as a picture, before any output format is chosen. All texts are as they are; outputs escape.</summary>
/// <param name="Title">What a screen reader says first.</param>
/// <param name="Description">What it says next.</param>
/// <param name="Participants">The columns from left to right: helpers, client, server.</param>
/// <param name="Bands">The phases from top to bottom.</param>
/// <param name="Verdict">The last line: how it turned out.</param>
public sealed record SequenceDiagram(
    string Title,
    string Description,
    IReadOnlyList<Participant> Participants,
    IReadOnlyList<Band> Bands,
    Note Verdict);
