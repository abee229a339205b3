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
    public static string Mermaid(Func<DiagramOptions, SequenceDiagram> build, bool isFailed, HandshakeDiagramOptions options)
    {
        var (picture, profile) = (Picture(options), new MermaidProfile(options.MaxCharacters));
        if (picture.Detail == Detail.Normal && Drawing.Concise(build, isFailed, picture, profile) is { } concise) return concise.Text;
        var fitting = Drawing.Fitting(detail => build(picture with { Detail = detail }), picture.Detail, profile);
        return fitting?.Text ?? MermaidRenderer.Render(build(picture with { Detail = Detail.Brief }), new MermaidProfile(int.MaxValue));
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

    public static DiagramOptions Picture(HandshakeDiagramOptions options) => new(
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
}
