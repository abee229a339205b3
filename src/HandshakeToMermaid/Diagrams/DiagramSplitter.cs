using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Cuts a diagram that is too long into numbered parts: between connections where that will do, else between arrows.</summary>
internal static class DiagramSplitter
{
    /// <summary>The parts, each of which <paramref name="fits"/>; and how many arrows found no room in <see cref="MaxParts"/>.</summary>
    public static (IReadOnlyList<SequenceDiagram> Diagrams, int ArrowsLeftOut) Split(SequenceDiagram diagram, Func<SequenceDiagram, bool> fits)
    {
        if (fits(diagram)) return ([diagram], 0);
        var pieces = diagram.Parts.SelectMany(Pieces).ToList();
        var chunks = new List<List<Piece>>();
        var at = 0;
        while (at < pieces.Count && chunks.Count < MaxParts)
        {
            var count = MaxThatFit(pieces, at, candidate => fits(Assemble(diagram, candidate, chunks.Count, MaxParts, pieces.Count, isLast: true, pieces.Count)));
            chunks.Add(pieces.GetRange(at, count));
            at += count;
        }
        var leftOut = pieces.Count - at;
        var arrows = 0;
        var diagrams = new List<SequenceDiagram>(chunks.Count);
        for (var i = 0; i < chunks.Count; i++)
        {
            diagrams.Add(Assemble(diagram, chunks[i], i, chunks.Count, arrows, i == chunks.Count - 1, leftOut));
            arrows += chunks[i].Count(p => p.Item is Arrow);
        }
        return (diagrams, leftOut);
    }

    /// <summary>The largest number of pieces from <paramref name="at"/> on that fits; one at least, since nothing smaller exists.</summary>
    private static int MaxThatFit(List<Piece> pieces, int at, Func<List<Piece>, bool> fits)
    {
        var (low, high) = (1, Math.Min(64, pieces.Count - at));
        while (high < pieces.Count - at && fits(pieces.GetRange(at, high))) (low, high) = (high, Math.Min(high * 2, pieces.Count - at));
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (fits(pieces.GetRange(at, middle))) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private static IEnumerable<Piece> Pieces(DiagramPart part)
    {
        foreach (var band in part.Bands)
        {
            foreach (var item in band.Items) yield return new Piece(part, band, item);
        }
    }

    private static SequenceDiagram Assemble(SequenceDiagram whole, List<Piece> pieces, int index, int count, int arrowsBefore, bool isLast, int leftOut)
    {
        var parts = new List<DiagramPart>();
        foreach (var together in Adjacent(pieces, p => p.Part))
        {
            var part = together[0].Part;
            var bands = Adjacent(together, p => p.Band).Select(b => b[0].Band with { Items = [.. b.Select(p => p.Item)] });
            var isEnd = ReferenceEquals(together[^1].Band, part.Bands[^1]) && ReferenceEquals(together[^1].Item, part.Bands[^1].Items[^1]);
            var isStart = ReferenceEquals(together[0].Band, part.Bands[0]) && ReferenceEquals(together[0].Item, part.Bands[0].Items[0]);
            parts.Add(part with { Opening = isStart ? part.Opening : null, Bands = [.. bands], Closing = isEnd ? part.Closing : null });
        }
        var columns = Used(whole.Participants, parts);
        var (left, right) = (columns[0].Id, columns[^1].Id);
        var said = new Band(null, null, [new Note(left, right, [$"Part {index + 1} of {count}"])]);
        parts[0] = parts[0] with { Bands = [said, .. parts[0].Bands] };
        if (isLast && leftOut > 0)
        {
            var rest = new Band(null, null, [new Note(left, right, [$"{leftOut} more are not drawn"])]);
            parts[^1] = parts[^1] with { Bands = [.. parts[^1].Bands, rest] };
        }
        return whole with { Participants = columns, Caption = whole.Caption is { } caption ? caption with { From = left, To = right } : null, Parts = parts, FirstNumber = arrowsBefore + 1 };
    }

    /// <summary>The columns that something in these parts starts or ends at.</summary>
    private static List<Participant> Used(IReadOnlyList<Participant> all, List<DiagramPart> parts)
    {
        var used = new HashSet<string>();
        foreach (var part in parts)
        {
            Add(part.Heading);
            foreach (var band in part.AllBands)
            {
                Add(band.Header);
                foreach (var item in band.Items) Add(item);
            }
        }

        return [.. all.Where(p => used.Contains(p.Id))];

        void Add(DiagramItem? item)
        {
            if (item is null) return;
            used.Add(item.From);
            used.Add(item.To);
        }
    }

    private static IEnumerable<List<Piece>> Adjacent(List<Piece> pieces, Func<Piece, object> key)
    {
        var run = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (run.Count > 0 && !ReferenceEquals(key(run[^1]), key(piece)))
            {
                yield return run;
                run = [];
            }
            run.Add(piece);
        }
        if (run.Count > 0) yield return run;
    }

    /// <summary>At most this many parts are drawn; what further ones would hold is counted.</summary>
    private const int MaxParts = 24;

    private sealed record Piece(DiagramPart Part, Band Band, DiagramItem Item);
}
