using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>A picture in one file, for light and dark pages.</summary>
/// <param name="isLightOnly">True for a picture that is to be painted, once, and looks the same everywhere.</param>
internal sealed class SvgOutput(bool isLightOnly) : IDiagramOutput
{
    public SvgOutput()
        : this(isLightOnly: false)
    {
    }

    /// <inheritdoc/>
    public string Name => "svg";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".svg"];

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : request.MaxConnections ?? MermaidOutput.MaxInOneDiagram;

    /// <inheritdoc/>
    public bool IsWithoutNumber(OutputRequest request) => MaxDrawnOf(request) > 0;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) => RenderResult.OfText(SvgRenderer.Render(new ComparisonDiagram(request.Picture).Build(comparison), isLightOnly), []);

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        if (request.IsTimeline)
        {
            var shown = Math.Min(connections.Count, TimelineDrawing.MaxSections);
            return RenderResult.OfText(SvgTimeline.Render(new TimelineBuilder(request.Picture).Build(connections, shown), isLightOnly), TimelineDrawing.Remarks(connections.Count, shown));
        }

        var drawn = Drawing.InOnePicture(connections);
        if (drawn.Count <= (request.MaxConnections ?? MermaidOutput.MaxInOneDiagram))
            return RenderResult.OfText(SvgRenderer.Render(new DiagramBuilder(request.Picture) { Counted = connections }.Build(drawn), isLightOnly), []);
        var groups = ConnectionGroup.Fold(connections);
        List<string> remarks = [$"{connections.Count} connections: an overview is drawn. Select some with --connection, --sni or --failed, or write one file each with -o DIRECTORY/."];
        if (groups.Count > MaxRows) remarks.Add($"{groups.Count - MaxRows} rows of the overview are not drawn.");
        return RenderResult.OfText(SvgRenderer.Render(new OverviewBuilder(request.Picture).Build([.. groups.Take(MaxRows)], connections), isLightOnly), remarks);
    }

    /// <summary>A picture of more rows is too tall to read.</summary>
    private const int MaxRows = 250;
}
