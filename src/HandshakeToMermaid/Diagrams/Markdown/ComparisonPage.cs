using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Reports;

namespace HandshakeToMermaid.Diagrams.Markdown;

/// <summary>A page of Markdown on two captures: what was found in the bad one, the picture, and a table of the differences.</summary>
internal static class ComparisonPage
{
    public static string Render(CaptureComparison comparison, OutputRequest request)
    {
        var diagram = new ComparisonDiagram(request.Picture).Build(comparison);
        return Own.Render(new ComparisonModel(new MarkdownText()).Of(comparison, diagram.Title, ("is_azure", request.Host == PageHost.Azure), ("diagram", MermaidRenderer.Render(diagram, request.Profile))));
    }

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("markdown/comparison");
}
