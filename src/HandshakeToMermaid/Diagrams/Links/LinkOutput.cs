using System.Text;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Links;

/// <summary>A link that opens the diagram on mermaid.live, a line each. The diagram travels in the link's fragment, which browsers do not send.</summary>
internal sealed class LinkOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "link";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".url"];

    /// <inheritdoc/>
    public bool DrawsTimelines => true;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => request.IsTimeline ? null : request.MaxConnections ?? MermaidOutput.MaxInOneDiagram;

    /// <inheritdoc/>
    public bool IsWithoutNumber(OutputRequest request) => MaxDrawnOf(request) > 0;

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request)
    {
        var drawing = MermaidOutput.Draw(connections, request);
        var links = new StringBuilder();
        foreach (var part in drawing.Parts) links.Append(MermaidLive.LinkTo(part)).Append('\n');
        return RenderResult.OfText(links.ToString(), drawing.Remarks);
    }
}
