using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Breaks the lines of notes and headers to the width that Mermaid gives them. A note across columns is as wide as their distance, whatever
/// it holds, and the distance follows from names and from the labels of arrows between neighbours.
/// </summary>
internal sealed class NoteFitter
{
    private readonly Dictionary<string, int> indexes = [];
    private readonly double[] distances;

    private NoteFitter(SequenceDiagram diagram)
    {
        foreach (var participant in diagram.Participants) indexes[participant.Id] = indexes.Count;
        var boxes = diagram.Participants.Select(p => Math.Max(SmallestBox, p.Lines.Max(TextWidth.Pixels) + (2 * Padding))).ToList();
        distances = new double[Math.Max(0, boxes.Count - 1)];
        for (var i = 0; i < distances.Length; i++) distances[i] = ((boxes[i] + boxes[i + 1]) / 2) + Margin;
        foreach (var arrow in diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>())
        {
            var (left, right) = Ends(arrow);
            if (right - left == 1) distances[left] = Math.Max(distances[left], arrow.Lines.Max(TextWidth.Pixels) + (2 * Padding) + Margin);
        }
    }

    /// <summary>The same diagram with every note's lines broken to fit.</summary>
    public static SequenceDiagram Fit(SequenceDiagram diagram)
    {
        var fitter = new NoteFitter(diagram);
        return diagram with { Caption = diagram.Caption is null ? null : fitter.Fit(diagram.Caption), Parts = [.. diagram.Parts.Select(fitter.Fit)] };
    }

    private DiagramPart Fit(DiagramPart part) => part with
    {
        Heading = part.Heading is null ? null : Fit(part.Heading),
        Opening = part.Opening is null ? null : Fit(part.Opening),
        Bands = [.. part.Bands.Select(Fit)],
        Closing = part.Closing is null ? null : Fit(part.Closing),
    };

    private Band Fit(Band band) => band with
    {
        Header = band.Header is null ? null : Fit(band.Header),
        Items = [.. band.Items.Select(i => i is Note note ? Fit(note) : i)],
    };

    private Note Fit(Note note)
    {
        var (left, right) = Ends(note);
        var room = Margin - Inset;
        for (var i = left; i < right; i++) room += distances[i];
        room = Math.Max(room, SmallestBox);
        var wrapped = note.Lines.Select(l => TextWidth.Wrap(l, room)).ToList();
        return note with { Lines = [.. wrapped.SelectMany(l => l)], TitleLines = wrapped.Take(note.TitleLines).Sum(l => l.Count) };
    }

    private (int Left, int Right) Ends(DiagramItem item)
    {
        var (from, to) = (indexes[item.From], indexes[item.To]);
        return from < to ? (from, to) : (to, from);
    }

    // Mermaid's defaults: sequence.width, wrapPadding and actorMargin, in pixels.
    private const double SmallestBox = 150;
    private const double Padding = 10;
    private const double Margin = 50;

    /// <summary>Left free at both sides of a note's text together.</summary>
    private const double Inset = 50;
}
