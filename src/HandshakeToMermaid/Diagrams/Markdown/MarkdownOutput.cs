using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Templating;

namespace HandshakeToMermaid.Diagrams.Markdown;

/// <summary>A page of Markdown: a table of the connections, a diagram of each, and its steps.</summary>
internal sealed class MarkdownOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "markdown";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".md", ".markdown"];

    /// <inheritdoc/>
    public bool UsesTemplate => true;

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : MostOf(request);

    /// <inheritdoc/>
    public bool FoldsRepetitions => true;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) => RenderResult.OfText(ComparisonPage.Render(comparison, request), []);

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        var limit = LimitOf(request);
        var drawn = MostOf(request);
        var rows = Math.Max(MaxRows, drawn);
        var showsSteps = request.Picture.Detail == Detail.Full || (request.Host == PageHost.GitHub && request.Picture.Detail == Detail.Normal);
        List<string> taken = [];
        while (true)
        {
            var report = new Report(connections, request, drawn, rows, showsSteps);
            var text = (request.Template ?? Own).Render(new ReportModel(report, new MarkdownText()).Root());
            if (text.Length <= limit || (drawn == 0 && rows <= FewestRows)) return RenderResult.OfText(text, [.. report.Remarks, .. taken]);
            // In this order: tables of steps, then diagrams but a few, then rows but a few, then the rest of either.
            if (showsSteps)
            {
                showsSteps = false;
                taken.Add($"The tables of steps are omitted: the page allows {limit} characters.");
            }
            else if (drawn > FewDrawn || (rows <= FewRows && drawn > 0))
            {
                drawn /= 2;
            }
            else
            {
                rows /= 2;
            }
        }
    }

    private static int LimitOf(OutputRequest request) => Math.Min(PageLimits.PageCharacters(request.Host), LongestPage);

    /// <summary>Diagrams that the page may have room for; what no page bears is not tried.</summary>
    private static int MostOf(OutputRequest request) => Math.Min(request.MaxConnections ?? MaxDrawn, Math.Min(LimitOf(request) / ShortestDiagram, LongestPage / UsualDiagram));

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("markdown/report");

    /// <summary>Pages with more diagrams load slowly on every host.</summary>
    private const int MaxDrawn = 20;

    /// <summary>Characters of the least diagram with its heading, and of the usual one.</summary>
    private const int ShortestDiagram = 300;
    private const int UsualDiagram = 2_000;

    /// <summary>Characters above which no template writes on (<see cref="TemplateLimits.OutputCharacters"/>), with room for the rows.</summary>
    private static readonly int LongestPage = TemplateLimits.Default.OutputCharacters / 4 * 3;

    private const int MaxRows = 250;
    private const int FewDrawn = 5;
    private const int FewRows = 40;
    private const int FewestRows = 10;
}
