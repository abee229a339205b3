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
        var boxes = new double[diagram.Participants.Count];
        for (var i = 0; i < boxes.Length; i++) boxes[i] = Math.Max(SmallestBox, Widest(diagram.Participants[i].Lines) + (2 * Padding));
        distances = new double[Math.Max(0, boxes.Length - 1)];
        for (var i = 0; i < distances.Length; i++) distances[i] = ((boxes[i] + boxes[i + 1]) / 2) + Margin;
        foreach (var part in diagram.Parts)
        {
            foreach (var band in part.Bands)
            {
                foreach (var item in band.Items) MakeRoom(item);
            }
        }
    }

    /// <summary>The same diagram with every note's lines broken to fit.</summary>
    public static SequenceDiagram Fit(SequenceDiagram diagram)
    {
        var fitter = new NoteFitter(diagram);
        return diagram with { Caption = diagram.Caption is null ? null : fitter.Fit(diagram.Caption), Parts = Each(diagram.Parts, fitter.Fit) };
    }

    private void MakeRoom(DiagramItem item)
    {
        if (item is not Arrow arrow) return;
        var (left, right) = Ends(arrow);
        if (right - left == 1) distances[left] = Math.Max(distances[left], Widest(arrow.Lines) + (2 * Padding) + Margin);
    }

    private static double Widest(IReadOnlyList<string> lines)
    {
        var widest = 0.0;
        for (var i = 0; i < lines.Count; i++) widest = Math.Max(widest, TextWidth.Pixels(lines[i]));
        return widest;
    }

    private DiagramPart Fit(DiagramPart part) => part with
    {
        Heading = part.Heading is null ? null : Fit(part.Heading),
        Opening = part.Opening is null ? null : Fit(part.Opening),
        Bands = Each(part.Bands, Fit),
        Closing = part.Closing is null ? null : Fit(part.Closing),
    };

    private Band Fit(Band band)
    {
        var header = band.Header is null ? null : Fit(band.Header);
        var items = Each(band.Items, item => item is Note note ? Fit(note) : item);
        return ReferenceEquals(header, band.Header) && ReferenceEquals(items, band.Items) ? band : band with { Header = header, Items = items };
    }

    /// <summary>Most notes fit as they are: those are not made again.</summary>
    private Note Fit(Note note)
    {
        var (left, right) = Ends(note);
        var room = Margin - Inset;
        for (var i = left; i < right; i++) room += distances[i];
        room = Math.Max(room, SmallestBox);
        var lines = note.Lines;
        var whole = 0;
        while (whole < lines.Count && TextWidth.FitsWhole(lines[whole], room)) whole++;
        if (whole == lines.Count && note.TitleLines <= whole) return note;
        var (fitted, titles) = (new List<string>(lines.Count + 2), 0);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i < whole) fitted.Add(lines[i]);
            else fitted.AddRange(TextWidth.Wrap(lines[i], room));
            if (i < note.TitleLines) titles = fitted.Count;
        }

        return note with { Lines = fitted, TitleLines = titles };
    }

    /// <summary>The list with what is made of each of its items; the same list where nothing changes.</summary>
    private static IReadOnlyList<T> Each<T>(IReadOnlyList<T> items, Func<T, T> make)
        where T : class
    {
        T[]? made = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = make(items[i]);
            if (made is null && ReferenceEquals(item, items[i])) continue;
            if (made is null)
            {
                made = new T[items.Count];
                for (var j = 0; j < i; j++) made[j] = items[j];
            }

            made[i] = item;
        }

        return made ?? items;
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
