namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>A column of a diagram.</summary>
/// <param name="Id">What the diagram's source calls it: one of our own words, never text from the wire.</param>
/// <param name="Lines">The displayed text: name or role, then address.</param>
internal sealed record Participant(string Id, IReadOnlyList<string> Lines);
