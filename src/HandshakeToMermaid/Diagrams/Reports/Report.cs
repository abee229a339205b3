using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Diagrams.Reports;

/// <summary>
/// What a document on connections holds, in whatever form: a row for each or each repetition, an overview where there are
/// several, and the chosen ones drawn. Where not all can be drawn, failures come first, then one of each kind.
/// </summary>
internal sealed class Report
{
    public Report(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request, int maxDrawn, int maxRows, bool showsSteps)
    {
        this.request = request;
        ShowsSteps = showsSteps;
        var made = Drawing.WithoutAttempts(connections);
        Connections = made.Count == 1 ? made : connections;
        var groups = ConnectionGroup.Fold(Connections);
        Rows = Most(groups, maxRows);
        RowsLeftOut = groups.Count - Rows.Count;
        var whole = new HashSet<DiagnosedConnection>(made, ReferenceEqualityComparer.Instance);
        IReadOnlyList<ConnectionGroup> drawable = [.. Rows.Where(r => whole.Contains(r.First))];
        Drawn = Most(drawable, maxDrawn);
        foreach (var group in Drawn) drawn.Add(group.First.Connection);
        if (groups.Count < Connections.Count) remarks.Add($"{Connections.Count - groups.Count} connections repeat others and are folded with them.");
        if (RowsLeftOut > 0) remarks.Add($"{RowsLeftOut} rows are not listed.");
        if (Drawn.Count < drawable.Count) remarks.Add($"{drawable.Count - Drawn.Count} rows are listed without a diagram; select connections with --connection, --sni or --failed.");
    }

    /// <summary>What it is about, as the list counts it; an attempt that another connection made good is drawn with that one, and no row where both are all there is.</summary>
    public IReadOnlyList<DiagnosedConnection> Connections { get; }

    /// <summary>Connections and repetitions that get a row, in the order in which they began.</summary>
    public IReadOnlyList<ConnectionGroup> Rows { get; }

    public int RowsLeftOut { get; }

    /// <summary>Those of the rows that are drawn.</summary>
    public IReadOnlyList<ConnectionGroup> Drawn { get; }

    public bool ShowsSteps { get; }

    /// <summary>What was left out, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    public DiagramOptions Options => request.Picture;

    public PageHost Host => request.Host;

    public string Title => Connections.Count == 1 ? Headline.Title(Connections[0]) : Headline.Title(Connections);

    /// <summary>True where an overview comes first.</summary>
    public bool HasOverview => request.IsTimeline || (Connections.Count > 1 && Rows.Count > 1);

    public bool IsDrawn(ConnectionGroup group) => drawn.Contains(group.First.Connection);

    /// <summary>The diagram of one row.</summary>
    public SequenceDiagram DiagramOf(ConnectionGroup group)
    {
        if (!diagrams.TryGetValue(group.First.Connection, out var diagram))
            diagrams[group.First.Connection] = diagram = new DiagramBuilder(Options with { Title = null }).Build(group.First);
        return diagram;
    }

    /// <summary>The same as Mermaid.</summary>
    public Drawing DrawingOf(ConnectionGroup group)
    {
        var drawing = Drawing.Of([group.First], Options with { Title = null }, 1, request.Profile);
        Note(drawing.Remarks.Select(r => $"Connection {group.First.Connection.Id}: {r}"));
        return drawing;
    }

    /// <summary>All of them as one picture.</summary>
    public Drawing OverviewDrawing()
    {
        var drawing = request.IsTimeline
            ? TimelineDrawing.Of(Connections, Options, request.Profile)
            : Drawing.Overview(Rows, Connections, Options, request.Profile, null, []);
        Note(drawing.Remarks);
        return drawing;
    }

    private void Note(IEnumerable<string> said)
    {
        foreach (var remark in said)
        {
            if (!remarks.Contains(remark)) remarks.Add(remark);
        }
    }

    private static IReadOnlyList<ConnectionGroup> Most(IReadOnlyList<ConnectionGroup> groups, int most)
    {
        if (groups.Count <= most) return groups;
        return [.. groups.OrderByDescending(g => g.First.IsFailed).ThenByDescending(g => g.First.Findings.Count > 0).ThenBy(g => g.First.Connection.Id).Take(most).OrderBy(g => g.First.Connection.Id)];
    }

    /// <summary>The same as one picture of our own, for a page.</summary>
    public string OverviewSvg()
    {
        if (!request.IsTimeline) return SvgRenderer.RenderForPage(new OverviewBuilder(Options).Build([.. Rows.Take(MaxInDiagram)], Connections), "0");
        var shown = Math.Min(Connections.Count, TimelineDrawing.MaxSections);
        Note(TimelineDrawing.Remarks(Connections.Count, shown));
        return SvgTimeline.RenderForPage(new TimelineBuilder(Options).Build(Connections, shown));
    }

    private readonly OutputRequest request;
    private readonly HashSet<Connection> drawn = [];
    private readonly List<string> remarks = [];
    private readonly Dictionary<Connection, SequenceDiagram> diagrams = [];

    /// <summary>A picture of more rows is too tall to read.</summary>
    private const int MaxInDiagram = 250;
}
