using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>Many connections as a waterfall of their phases: a Mermaid gantt chart by the template <c>mermaid/timeline</c>.</summary>
internal static class TimelineDrawing
{
    /// <summary>Draws them; where they are too many for one chart, the first that fit, and the rest is counted.</summary>
    public static Drawing Of(IReadOnlyList<DiagnosedConnection> connections, DiagramOptions options, MermaidProfile profile)
    {
        var drawn = Math.Min(connections.Count, MaxSections);
        while (true)
        {
            var text = PageTemplate.BuiltIn("mermaid/timeline").Render(ModelOf(connections, drawn, options));
            if (text.Length <= profile.MaxCharacters || drawn == 1)
                return new Drawing([text], drawn == connections.Count ? [] : [$"{connections.Count - drawn} connections are not drawn in the timeline."]);
            drawn = Math.Max(1, drawn * 9 / 10);
        }
    }

    internal static TemplateModel ModelOf(IReadOnlyList<DiagnosedConnection> connections, int drawn, DiagramOptions options)
    {
        var start = connections.Min(c => c.Connection.First.Time);
        var rest = connections.Count > drawn ? $", {connections.Count - drawn} not drawn" : "";
        return new TemplateModel(
            ("title", MermaidText.Gantt((options.Title ?? Headline.Title(connections)) + rest)),
            ("sections", connections.Take(drawn).Select((c, i) => SectionOf(c, i + 1, start)).ToArray()));
    }

    private static object SectionOf(DiagnosedConnection diagnosed, int number, Timestamp start)
    {
        var connection = diagnosed.Connection;
        var tasks = Phases(connection).ToList();
        return new TemplateModel(
            ("name", MermaidText.Gantt($"{connection.Id} {TextWidth.Shorten(VisibleText.Of(Headline.Server(connection)), NameLength)}")),
            ("tasks", tasks.Select((task, i) => (object)new TemplateModel(
                ("name", MermaidText.Gantt($"{task.Name} {Quantities.Text(task.Length)}")),
                ("kind", Kind(task, diagnosed, i == tasks.Count - 1)),
                ("id", $"t{number}x{i + 1}"),
                ("start_ms", (long)Math.Round((task.Start - start).Milliseconds)),
                ("length_ms", Math.Max(1, (long)Math.Round(task.Length.Milliseconds))))).ToArray()));
    }

    private static string? Kind(Bar bar, DiagnosedConnection diagnosed, bool isLast)
        => isLast && diagnosed.IsFailed ? "crit" : bar.Phase.Role == PhaseRole.Handshake ? "active" : null;

    private static IEnumerable<Bar> Phases(Connection connection)
    {
        // What ended the connection belongs to the handshake that it broke off.
        var handshake = connection.SessionHandshake?.Phase ?? Phase.Tls;
        foreach (var phase in connection.Steps.Where(s => !IsBehindHandshake(s) || s.IsDeadEnd).GroupBy(s => IsBehindHandshake(s) ? handshake : s.Phase).OrderBy(g => g.Key.Order))
        {
            var span = connection.Facts.Select(f => f.Span).FirstOrDefault(s => s?.Phase == phase.Key);
            var first = phase.Min(s => s.First.Time);
            var last = span is { Done.IsSet: true } ? span.Done.Time : phase.Max(s => s.Last.Time);
            yield return new Bar(phase.Key, span is null ? phase.Key.Title : string.Join(' ', span.Marks.Prepend(span.Title)), first, last.Since(first));
        }
    }

    private static bool IsBehindHandshake(Step step) => step.Phase.Role is PhaseRole.Data or PhaseRole.Close;

    private const int NameLength = 36;

    /// <summary>A chart of more rows is too tall to read.</summary>
    private const int MaxSections = 120;

    private sealed record Bar(Phase Phase, string Name, Timestamp Start, Duration Length);
}
