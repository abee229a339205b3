using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Steps that share an arrow, and the arrow that was drawn last for them: pictures of one connection that differ in what is folded share most of their arrows.</summary>
internal sealed class ArrowGroup(Step first)
{
    private FrameMark before;
    private double lineWidth;
    private string? named;
    private Arrow? drawn;

    /// <summary>The steps, at least one.</summary>
    public List<Step> Steps { get; } = [first];

    /// <summary>The arrow, where it was drawn with the same ends, the same room and its time counted from the same frame; null elsewhere.</summary>
    public Arrow? Drawn(FrameMark since, (string From, string To) ends, double room, string? name) =>
        drawn is { } arrow && before == since && lineWidth == room && named == name && arrow.From == ends.From && arrow.To == ends.To ? arrow : null;

    /// <summary>Keeps an arrow for the next picture.</summary>
    public Arrow Keep(Arrow arrow, FrameMark since, double room, string? name)
    {
        (drawn, before, lineWidth, named) = (arrow, since, room, name);
        return arrow;
    }
}
