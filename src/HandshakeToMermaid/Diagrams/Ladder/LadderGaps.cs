namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>How far lifelines stand apart: as far as their labels need, and where the terminal is too narrow, so that the fewest lines are broken.</summary>
/// <param name="names">Cells of each participant's name.</param>
internal sealed class LadderGaps(int[] names)
{
    /// <summary>The labels of each gap and how often each is there: messages that repeat are measured once.</summary>
    private readonly Dictionary<string, (LabelRows Rows, int Times)>[] labels = [.. names.Skip(1).Select(_ => new Dictionary<string, (LabelRows Rows, int Times)>(StringComparer.Ordinal))];

    /// <summary>Rows of a gap's labels by its width, as far as they were counted.</summary>
    private readonly Dictionary<(int Gap, int Width), int> counted = [];

    /// <summary>Takes the lines of an arrow's label.</summary>
    /// <param name="gap">The lifelines it stands between: this one and the next.</param>
    /// <param name="lines">Its lines.</param>
    public void Add(int gap, IEnumerable<string> lines)
    {
        foreach (var line in lines) labels[gap][line] = labels[gap].TryGetValue(line, out var known) ? (known.Rows, known.Times + 1) : (new LabelRows(line), 1);
    }

    /// <summary>The cells of the lifelines; null where the terminal has too few.</summary>
    /// <param name="gutter">Cells left of the first name.</param>
    /// <param name="width">Cells of the terminal.</param>
    public int[]? Places(int gutter, int width)
    {
        var gaps = labels.Select((lines, i) => Math.Max(((names[i] + names[i + 1]) / 2) + 2, Math.Clamp(lines.Count == 0 ? 0 : lines.Values.Max(l => l.Rows.Cells) + Margin, Narrowest, Widest))).ToArray();
        var room = width - gutter - (names[0] / 2) - (names[^1] / 2) - 1;
        while (gaps.Sum() > room)
        {
            var least = -1;
            var cost = double.MaxValue;
            for (var i = 0; i < gaps.Length; i++)
            {
                if (gaps[i] <= Narrowest) continue;
                // Among gaps that cost as many lines the widest gives way.
                var own = Rows(i, gaps[i] - 1) - Rows(i, gaps[i]) - (gaps[i] / 1000.0);
                if (own < cost) (least, cost) = (i, own);
            }

            if (least < 0) return null;
            gaps[least]--;
        }

        var places = new int[names.Length];
        places[0] = gutter + (names[0] / 2);
        for (var i = 1; i < places.Length; i++) places[i] = places[i - 1] + gaps[i - 1];
        return places;
    }

    private int Rows(int gap, int width)
    {
        if (!counted.TryGetValue((gap, width), out var rows)) counted[(gap, width)] = rows = labels[gap].Values.Sum(l => l.Times * l.Rows.At(Math.Max(8, width - Margin + 1)));
        return rows;
    }

    /// <summary>Cells of a gap that no label takes: a blank at either side and both lifelines.</summary>
    private const int Margin = 4;

    private const int Narrowest = 20;
    private const int Widest = 90;
}
