namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>A remark across participants.</summary>
/// <param name="From">Id of the leftmost participant it covers.</param>
/// <param name="To">Id of the rightmost.</param>
/// <param name="Lines">Its text.</param>
internal sealed record Note(string From, string To, IReadOnlyList<string> Lines) : DiagramItem(From, To, Lines)
{
    /// <summary>What it is about.</summary>
    public NoteKind Kind { get; init; }

    /// <summary>How many of its lines are its title: more than one where it was wrapped.</summary>
    public int TitleLines { get; init; } = 1;
}
