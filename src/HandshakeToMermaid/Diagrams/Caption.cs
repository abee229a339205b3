using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// What stands above everything else in a picture: the user's own title, the tunnel, and the date that clock times count on. Mermaid's <c>title:</c>
/// would be drawn from the middle to the right and be cut off there (9.4 to 12), so it is a note.
/// </summary>
internal static class Caption
{
    /// <summary>The caption of a diagram; null where there is nothing to say.</summary>
    public static Note? Of(DiagramOptions options, IReadOnlyList<DiagnosedConnection> connections, IReadOnlyList<Participant> participants)
    {
        List<string> lines = [];
        if (options.Title is { } title) lines.Add(VisibleText.Of(title));
        if (EncapsulationOf(connections) is { } encapsulation) lines.Add(encapsulation);
        if (DateOf(options, connections) is { } date) lines.Add(date);
        return lines.Count == 0 ? null : new Note(participants[0].Id, participants[^1].Id, lines);
    }

    /// <summary>The tunnel that all connections went through; null where there is none, or they went through several.</summary>
    public static string? EncapsulationOf(IReadOnlyList<DiagnosedConnection> connections)
    {
        if (connections is [var single]) return EncapsulationText.Of(single.Connection.Outline?.Encapsulation);
        var paths = connections.Select(c => c.Connection.Outline).OfType<FlowOutline>().Select(f => f.Encapsulation).Distinct().Take(2).ToList();
        return paths is [{ } path] ? EncapsulationText.Of(path) : null;
    }

    /// <summary>The date of clock times; null where none are shown.</summary>
    public static string? DateOf(DiagramOptions options, IReadOnlyList<DiagnosedConnection> connections)
        => options.Time == TimeStyle.Absolute ? ClockText.Dates(connections.Min(c => c.Connection.First.Time), connections.Max(c => c.Connection.Last.Time)) : null;
}
