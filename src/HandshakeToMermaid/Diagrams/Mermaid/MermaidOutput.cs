using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>A bare Mermaid diagram.</summary>
internal sealed class MermaidOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "mermaid";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".mmd", ".mermaid"];

    /// <inheritdoc/>
    public bool UsesTemplate => true;

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : request.MaxConnections ?? MaxInOneDiagram;

    /// <inheritdoc/>
    public bool IsWithoutNumber(OutputRequest request) => MaxDrawnOf(request) > 0;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) =>
        RenderResult.OfText(MermaidRenderer.Render(new ComparisonDiagram(request.Picture).Build(comparison), request.Profile, request.Template), []);

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        var drawing = Draw(connections, request);
        return RenderResult.OfTexts(drawing.Parts, drawing.Remarks);
    }

    /// <summary>The drawing, for other forms that carry it.</summary>
    internal static Drawing Draw(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request) => request.IsTimeline
        ? TimelineDrawing.Of(connections, request.Picture, request.Profile, request.Template)
        : Drawing.Of(connections, request.Picture, request.MaxConnections ?? MaxInOneDiagram, request.Profile, request.Template);

    /// <summary>More connections one below the other are no picture any more.</summary>
    internal const int MaxInOneDiagram = 8;
}
