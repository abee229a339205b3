using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Reports;

/// <summary>
/// What a report's template sees; <c>templates/README.md</c> lists every field. Texts are written for the report's form
/// already; pictures and tables are made when a template asks for them.
/// </summary>
internal sealed class ReportModel(Report report, ITextForm form)
{
    /// <summary>The whole model.</summary>
    /// <param name="more">Members that only one form has.</param>
    public TemplateModel Root(params (string Name, object? Value)[] more) => new(
    [
        ("title", form.Sentence(report.Options.Title ?? report.Title)),
        ("summary", form.Sentence(report.Title)),
        ("captures", Each(report.Connections.Select(c => FileName(c.Connection.Capture)).Distinct().ToList(), form.Value)),
        ("start", report.Connections[0].Connection.First.Time.ToString()),
        ("host", HostName(report.Host)),
        ("detail", report.Options.Detail switch { Detail.Brief => "brief", Detail.Normal => "normal", _ => "full" }),
        ("shows_steps", report.ShowsSteps),
        ("explains", report.Options.Explain),
        ("counts", Counts()),
        ("rows", Each(report.Rows, Row)),
        ("overview", report.HasOverview ? Overview() : null),
        ("connections", Each(report.Drawn, g => Connection(g))),
        ("remarks", (Func<object?>)(() => Each(report.Remarks, form.Sentence))),
        ("raw", (Func<object?>)(() => form is PlainForm ? null : new ReportModel(report, new PlainForm()).Root(more))),
        .. more,
    ]);

    private TemplateModel Counts() => new(
        ("connections", report.Connections.Count),
        ("succeeded", report.Connections.Count(c => c.Connection.Outcome.IsCompleted && !c.IsFailed)),
        ("failed", report.Connections.Count(c => c.IsFailed)),
        ("rows", report.Rows.Count),
        ("rows_left_out", report.RowsLeftOut),
        ("drawn", report.Drawn.Count));

    private object Row(ConnectionGroup group) => new TemplateModel(
        ("count", group.Members.Count),
        ("first", group.First.Connection.First.Time.ToString()),
        ("last", group.Members[^1].Connection.First.Time.ToString()),
        ("repeats", group.Repeats),
        ("is_drawn", report.IsDrawn(group)),
        ("connection", Connection(group)));

    private TemplateModel Overview() => new(
        ("diagrams", (Func<object?>)(() => report.OverviewDrawing().Parts.ToArray<object?>())),
        ("svg", (Func<object?>)(() => report.OverviewSvg())));

    private TemplateModel Connection(ConnectionGroup group)
    {
        if (connections.TryGetValue(group.First.Connection, out var made)) return made;
        var diagnosed = group.First;
        var connection = diagnosed.Connection;
        var timing = connection.Timing;
        var span = connection.Handshake;
        var verdict = new Verdict(diagnosed, Detail.Normal, areChecksDrawn: false);
        return connections[connection] = new TemplateModel(
            ("id", connection.Id),
            ("title", form.Sentence(Headline.Title(diagnosed))),
            ("name", form.Value(TextWidth.Shorten(VisibleText.Of(Headline.Server(connection)), NameLength))),
            ("full_name", form.Value(Headline.Server(connection))),
            ("client", Party(connection.Client)),
            ("server", Party(connection.Server)),
            ("protocol", connection.Transport),
            ("handshake", form.Sentence(span is null ? Phase.Dns.Title : string.Join(' ', span.Marks.Prepend(span.Title)))),
            ("capture", form.Value(FileName(connection.Capture))),
            ("start", connection.First.Time.ToString()),
            ("first_frame", connection.First.Frame),
            ("last_frame", connection.Last.Frame),
            ("took", Text(timing.Total)),
            ("took_ms", timing.Total is { } total ? total.Milliseconds : null),
            ("timing", Timing(timing)),
            ("outcome", Headline.Short(diagnosed)),
            ("outcome_class", connection.Outcome.Class.Name),
            ("sentence", OutcomeText.Sentence(connection.Outcome)),
            ("is_failed", diagnosed.IsFailed),
            ("is_established", connection.Outcome.IsCompleted),
            ("verdict", Each([.. verdict.Opening, .. verdict.Closing], form.Sentence)),
            ("findings", Each(diagnosed.Findings, Finding)),
            ("unread", Each(connection.Unparsed, u => new TemplateModel(("detail", form.Sentence(u.Detail)), ("frames", Frames(u.Frames))))),
            ("count", group.Members.Count),
            ("repeats", group.Repeats),
            ("diagrams", (Func<object?>)(() => report.DrawingOf(group).Parts.ToArray<object?>())),
            ("svg", (Func<object?>)(() => SvgRenderer.RenderForPage(report.DiagramOf(group), $"{connection.Id}"))),
            ("steps", (Func<object?>)(() => Each(StepRow.Of(report.DiagramOf(group))[0], row => Step(row, connection)))));
    }

    private TemplateModel Party(Party party) => new(
        ("name", party.Name is { } name ? form.Value(name) : null),
        ("address", party.Endpoint is { } end ? form.Value(end.Address.ToString()) : null),
        ("port", party.Endpoint is { } endpoint ? (long)endpoint.Port : null),
        ("endpoint", party.Endpoint is { } both ? form.Value(both.ToString()) : null));

    private static TemplateModel Timing(Timing timing) => new(
        ("phases", Each(timing.Phases, p => new TemplateModel(("title", p.Phase.Title), ("took", Text(p.Time.Length))))),
        ("dns", Text(timing.Dns)),
        ("tcp", Text(timing.Tcp)),
        ("tls", Text(timing.Tls)),
        ("total", Text(timing.Total)),
        ("round_trip", Text(timing.RoundTrip)),
        ("server_think", Text(timing.ServerThink)),
        ("client_think", Text(timing.ClientThink)));

    private object Finding(Finding finding) => new TemplateModel(
        ("code", finding.Code),
        ("severity", finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" }),
        ("is_likely", finding.Confidence == Confidence.Likely),
        ("cause_label", FindingText.CauseLabel(finding)),
        ("title", form.Sentence(finding.Title)),
        ("cause", form.Sentence(finding.Cause)),
        ("fix", form.Sentence(finding.Fix)),
        ("aliases", Each(finding.Aliases, form.Value)),
        ("frames", Frames(finding.Frames)),
        ("spec", finding.Spec is { } spec ? form.Sentence(spec) : null));

    private object Step(StepRow row, Connection connection)
    {
        var facts = row.Facts(report.Options.Detail).Select(f => f.Name.Length == 0 ? f.Text : $"{f.Name} {f.Text}").ToList();
        return new TemplateModel(
            ("number", row.Number),
            ("time", Quantities.Text(row.Arrow.Steps[^1].Last.Time.Since(connection.First.Time))),
            ("clock", row.Arrow.Steps[^1].Last.Time.ToString()[11..^1]),
            ("frames", row.Frames),
            ("from", form.Value(row.From.Lines[0])),
            ("to", form.Value(row.To.Lines[0])),
            ("is_from_client", row.IsFromClient(connection)),
            ("is_dead_end", row.Arrow.IsDeadEnd),
            ("phase", row.First.Phase.Name),
            ("sight", row.First.Provenance switch { Provenance.Clear => "clear", Provenance.Decrypted => "decrypted", _ => "inferred" }),
            ("message", form.Sentence(row.Message)),
            ("detail", facts.Count == 0 ? "" : form.Value(string.Join(", ", facts))),
            ("explanation", report.Options.Explain ? form.Sentence(row.Explanation) : ""),
            ("facts", Each(row.Facts(Detail.Full).ToList(), f => new TemplateModel(("name", form.Sentence(f.Name.Length == 0 ? "detail" : f.Name)), ("text", form.Value(f.Text))))));
    }

    private static string HostName(PageHost host) => host switch
    {
        PageHost.GitHub => "github",
        PageHost.GitLab => "gitlab",
        PageHost.Notion => "notion",
        PageHost.Obsidian => "obsidian",
        PageHost.Azure => "azure",
        _ => "",
    };

    /// <summary>A report is passed on: the directory and the machine of the file stay out of it.</summary>
    private static string FileName(string capture) => capture[(capture.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string? Text(Duration? duration) => duration is { } known ? Quantities.Text(known) : null;

    private static object?[] Frames(IReadOnlyList<long> frames) => [.. frames.Select(f => (object?)f)];

    private static object?[] Each<T>(IReadOnlyList<T> items, Func<T, object?> model)
    {
        var models = new object?[items.Count];
        for (var i = 0; i < models.Length; i++) models[i] = model(items[i]);
        return models;
    }

    /// <summary>Longer names would stretch a table; the full one stands beside it.</summary>
    private const int NameLength = 48;

    private readonly Dictionary<Connection, TemplateModel> connections = [];
}
