using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>Text for a terminal, a log or a mail.</summary>
internal sealed class LadderOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".txt"];

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : request.MaxConnections ?? MermaidOutput.MaxInOneDiagram;

    /// <inheritdoc/>
    public bool IsWithoutNumber(OutputRequest request) => MaxDrawnOf(request) > 0;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) =>
        RenderResult.OfText(LadderRenderer.Render(new ComparisonDiagram(request.Picture).BuildUnbroken(comparison), request.Terminal), []);

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        if (request.IsTimeline) return RenderResult.OfText(LadderTimeline.Render(new TimelineBuilder(request.Picture).Build(connections, connections.Count), request.Terminal), []);
        var drawn = Drawing.InOnePicture(connections);
        if (drawn.Count <= (request.MaxConnections ?? MermaidOutput.MaxInOneDiagram))
            return RenderResult.OfText(LadderRenderer.Render(new DiagramBuilder(request.Picture) { Counted = connections }.BuildUnbroken(drawn), request.Terminal), []);
        var overview = new OverviewBuilder(request.Picture).BuildUnbroken(ConnectionGroup.Fold(connections), connections);
        return RenderResult.OfText(
            LadderRenderer.Render(overview, request.Terminal),
            [$"{connections.Count} connections: an overview is drawn. Select some with --connection, --sni or --failed."]);
    }
}
