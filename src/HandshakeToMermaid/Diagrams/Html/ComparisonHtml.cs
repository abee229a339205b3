using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Diagrams.Html;

/// <summary>A page on two captures that opens offline: what was found in the bad one, the picture, and a table of the differences.</summary>
internal static class ComparisonHtml
{
    public static string Render(CaptureComparison comparison, OutputRequest request)
    {
        var diagram = new ComparisonDiagram(request.Picture).Build(comparison);
        var colors = comparison.Pairs.SelectMany(p => p.Steps).Select(s => s.Phase.Color);
        return Own.Render(new ComparisonModel(new HtmlText()).Of(comparison, diagram.Title, ("svg_style", SvgStyle.SheetFor(colors)), ("picture", SvgRenderer.Render(diagram))));
    }

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("html/comparison");
}
