using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Diagrams.Html;

/// <summary>
/// One page that opens offline: pictures, a table to search and sort, the facts of every step. It loads nothing, and its
/// own content policy lets run no script but the page's.
/// </summary>
internal sealed class HtmlOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "html";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".html", ".htm"];

    /// <inheritdoc/>
    public bool UsesTemplate => true;

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : request.MaxConnections ?? MaxDrawn;

    /// <inheritdoc/>
    public bool FoldsRepetitions => true;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) => RenderResult.OfText(ComparisonHtml.Render(comparison, request), []);

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        var report = new Report(connections, request, request.MaxConnections ?? MaxDrawn, Math.Max(MaxRows, request.MaxConnections ?? 0), showsSteps: true);
        var script = PageTemplate.BuiltIn("html/script").Render(new TemplateModel());
        var model = new ReportModel(report, new HtmlText()).Root(
            ("svg_style", SvgStyle.SheetFor(report.Drawn.SelectMany(g => g.First.Connection.Steps).Select(s => s.Phase.Color))),
            ("script", script),
            ("script_hash", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))));
        return RenderResult.OfText((request.Template ?? Own).Render(model), report.Remarks);
    }

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("html/report");

    /// <summary>A picture is about 15 kB: a page stays below some megabytes.</summary>
    private const int MaxDrawn = 100;

    private const int MaxRows = 5_000;
}
