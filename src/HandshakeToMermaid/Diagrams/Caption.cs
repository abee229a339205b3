using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// What stands above everything else in a picture: the user's own title, and the date that clock times count on. Mermaid's <c>title:</c>
/// would be drawn from the middle to the right and be cut off there (9.4 to 12), so it is a note.
/// </summary>
internal static class Caption
{
    /// <summary>The caption of a diagram; null where there is nothing to say.</summary>
    public static Note? Of(DiagramOptions options, IReadOnlyList<DiagnosedConnection> connections, IReadOnlyList<Participant> participants)
    {
        List<string> lines = [];
        if (options.Title is { } title) lines.Add(VisibleText.Of(title));
        if (DateOf(options, connections) is { } date) lines.Add(date);
        return lines.Count == 0 ? null : new Note(participants[0].Id, participants[^1].Id, lines);
    }

    /// <summary>The date of clock times; null where none are shown.</summary>
    public static string? DateOf(DiagramOptions options, IReadOnlyList<DiagnosedConnection> connections)
        => options.Time == TimeStyle.Absolute ? ClockText.Dates(connections.Min(c => c.Connection.First.Time), connections.Max(c => c.Connection.Last.Time)) : null;
}
