using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>Where the lifelines stand: as close as boxes, labels and notes allow.</summary>
internal sealed class SvgColumns
{
    public SvgColumns(SequenceDiagram diagram)
    {
        var participants = diagram.Participants;
        boxes = [.. participants.Select(p => Math.Max(NarrowestBox, SvgFont.Width(p.Lines) + BoxPadding))];
        for (var i = 0; i < participants.Count; i++) indexes[participants[i].Id] = i;
        var gaps = new double[Math.Max(0, participants.Count - 1)];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = Math.Max(NarrowestGap, ((boxes[i] + boxes[i + 1]) / 2) + BoxGap);
        var margin = boxes[0] / 2;
        foreach (var item in Items(diagram).OrderBy(Span))
        {
            var (left, right) = (Math.Min(Index(item.From), Index(item.To)), Math.Max(Index(item.From), Index(item.To)));
            var need = SvgFont.WidthOfStrong(item.Lines) + (item is Arrow ? ArrowPadding : NotePadding - (2 * Overhang));
            if (left == right)
            {
                margin = Math.Max(margin, (need / 2) + Overhang);
                continue;
            }
            var missing = need - gaps[left..right].Sum();
            if (missing <= 0) continue;
            for (var i = left; i < right; i++) gaps[i] += missing / (right - left);
        }
        xs = new double[participants.Count];
        xs[0] = Edge + Math.Max(margin, Overhang);
        for (var i = 1; i < xs.Length; i++) xs[i] = xs[i - 1] + gaps[i - 1];
        Width = Math.Ceiling(xs[^1] + Math.Max(boxes[^1] / 2, Math.Max(Overhang, xs.Length == 1 ? margin : 0)) + Edge);
    }

    /// <summary>The whole picture's.</summary>
    public double Width { get; }

    /// <summary>A lifeline's place.</summary>
    public double X(string id) => xs[Index(id)];

    /// <summary>The width of a participant's box.</summary>
    public double Box(string id) => boxes[Index(id)];

    /// <summary>From where to where a note or a band across participants reaches.</summary>
    public (double Left, double Right) Across(string from, string to, double overhang = Overhang)
    {
        var (a, b) = (X(from), X(to));
        return (Math.Min(a, b) - overhang, Math.Max(a, b) + overhang);
    }

    /// <summary>Pixels that a note reaches over the lifelines at its ends.</summary>
    public const double Overhang = 38;

    private static IEnumerable<DiagramItem> Items(SequenceDiagram diagram)
    {
        if (diagram.Caption is { } caption) yield return caption;
        foreach (var part in diagram.Parts)
        {
            if (part.Heading is { } heading) yield return heading;
            foreach (var band in part.AllBands)
            {
                if (band.Header is { } header) yield return header;
                foreach (var item in band.Items) yield return item;
            }
        }
    }

    private int Span(DiagramItem item) => Math.Abs(Index(item.From) - Index(item.To));

    private int Index(string id) => indexes[id];

    private const double Edge = 20;
    private const double NarrowestBox = 132;
    private const double BoxPadding = 28;
    private const double BoxGap = 28;
    private const double NarrowestGap = 180;
    private const double ArrowPadding = 48;
    private const double NotePadding = 36;

    private readonly double[] xs;
    private readonly double[] boxes;
    private readonly Dictionary<string, int> indexes = [];
}
