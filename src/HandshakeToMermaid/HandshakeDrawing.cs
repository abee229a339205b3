using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Ladder;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid;

/// <summary>Draws a handshake for the library's users, in the forms that <c>h2m convert</c> has for a single connection.</summary>
internal static class HandshakeDrawing
{
    public static SequenceDiagram Build(DiagnosedConnection diagnosed, HandshakeDiagramOptions options) => new DiagramBuilder(Picture(options)).Build(diagnosed);

    public static string Mermaid(Func<HandshakeDiagramOptions, SequenceDiagram> build, HandshakeDiagramOptions options)
    {
        var fitting = Drawing.Fitting(detail => build(options with { Detail = DetailOf(detail) }), DetailOf(options.Detail), new MermaidProfile(options.MaxCharacters));
        return fitting?.Text ?? MermaidRenderer.Render(build(options with { Detail = DiagramDetail.Brief }), new MermaidProfile(int.MaxValue));
    }

    public static string Svg(SequenceDiagram diagram) => SvgRenderer.Render(diagram);

    public static string Text(SequenceDiagram diagram, HandshakeDiagramOptions options) => LadderRenderer.Render(diagram, new TerminalStyle(options.TextWidth));

    public static string Json(DiagnosedConnection diagnosed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: false))) ConnectionJson.Write(json, diagnosed);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static string Title(DiagnosedConnection diagnosed) => Headline.Title(diagnosed);

    private static DiagramOptions Picture(HandshakeDiagramOptions options) => new(
        DetailOf(options.Detail),
        options.Time switch
        {
            DiagramTime.Delta => TimeStyle.Delta,
            DiagramTime.Relative => TimeStyle.Relative,
            DiagramTime.Absolute => TimeStyle.Absolute,
            _ => TimeStyle.None,
        },
        options.Title,
        options.Explain);

    private static Detail DetailOf(DiagramDetail detail) => detail switch
    {
        DiagramDetail.Brief => Detail.Brief,
        DiagramDetail.Normal => Detail.Normal,
        _ => Detail.Full,
    };

    private static DiagramDetail DetailOf(Detail detail) => detail switch
    {
        Detail.Brief => DiagramDetail.Brief,
        Detail.Normal => DiagramDetail.Normal,
        _ => DiagramDetail.Full,
    };
}
