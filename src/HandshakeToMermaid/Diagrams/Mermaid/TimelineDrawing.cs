using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>Many connections as a waterfall of their phases: a Mermaid gantt chart by the template <c>mermaid/timeline</c>.</summary>
internal static class TimelineDrawing
{
    /// <summary>Draws them; where they are too many for one chart, the first that fit, and the rest is counted.</summary>
    public static Drawing Of(IReadOnlyList<DiagnosedConnection> connections, DiagramOptions options, MermaidProfile profile, PageTemplate? template = null)
    {
        var drawn = Math.Min(connections.Count, MaxSections);
        while (true)
        {
            var text = (template ?? Own).Render(ModelOf(connections, drawn, options, profile.IsLegacy));
            if (text.Length <= profile.MaxCharacters || drawn == 1)
                return new Drawing([text], Remarks(connections.Count, drawn));
            drawn = Math.Max(1, drawn * 9 / 10);
        }
    }

    /// <summary>What was left out, a sentence each.</summary>
    /// <param name="connections">How many there are.</param>
    /// <param name="drawn">How many of them have a row.</param>
    public static IReadOnlyList<string> Remarks(int connections, int drawn) => drawn == connections ? [] : [$"{connections - drawn} connections are not drawn in the timeline."];

    internal static TemplateModel ModelOf(IReadOnlyList<DiagnosedConnection> connections, int drawn, DiagramOptions options, bool isLegacy = false)
    {
        var timeline = new TimelineBuilder(options).Build(connections, drawn);
        var axis = TimelineAxis.Of(timeline);
        return new TemplateModel(
            ("title", MermaidText.Gantt(timeline.Title)),
            ("is_legacy", isLegacy),
            ("date_format", axis.DateFormat),
            ("axis_format", axis.LabelFormat),
            ("tick_interval", axis.TickInterval),
            ("sections", timeline.Rows.Select((row, i) => SectionOf(row, i + 1, timeline.Scale, axis)).ToArray()));
    }

    private static object SectionOf(TimelineRow row, int number, TimelineScale scale, TimelineAxis axis) => new TemplateModel(
        ("name", row.Number.ToString(CultureInfo.InvariantCulture)),
        ("tasks", row.Bars.Select((bar, i) => TaskOf(Visible(bar, scale), $"t{number}x{i + 1}", scale, axis)).ToArray()));

    private static object TaskOf(TimelineBar bar, string id, TimelineScale scale, TimelineAxis axis) => new TemplateModel(
        ("name", MermaidText.Gantt(TimelineLabel.Of(bar, scale))),
        ("kind", bar.IsFailure ? "crit" : null),
        ("id", id),
        ("start", axis.Start(bar.Start)),
        ("length_ms", axis.Length(bar.Length)));

    /// <summary>A bar is at least two pixels long, so that it is seen.</summary>
    private static TimelineBar Visible(TimelineBar bar, TimelineScale scale)
        => bar with { Length = new Duration(Math.Max(bar.Length.Nanoseconds, scale.Span.Nanoseconds / Finest)) };

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("mermaid/timeline");

    /// <summary>A chart of more rows is too tall to read.</summary>
    public const int MaxSections = 120;

    /// <summary>Two pixels of a page's column.</summary>
    private const int Finest = 400;
}
