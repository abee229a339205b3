using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>How many rows a label takes at each width: what <see cref="CellWidth.Wrap"/> returns, counted without writing it, since a narrow terminal asks for dozens of widths.</summary>
/// <param name="label">One line of the label.</param>
internal sealed class LabelRows(string label)
{
    /// <summary>Cells of each word; null where the label must be wrapped to be counted: it has wide or combining characters, or spaces that break only when they must.</summary>
    private readonly (int Cells, bool IsSeparator)[]? words = IsPlain(label)
        ? [.. TextWords.Of(label, _ => false).Select(w => (w.End - w.Start, label.AsSpan(w.Start..w.End) is "·"))]
        : null;

    /// <summary>Cells of the whole label.</summary>
    public int Cells { get; } = CellWidth.Of(label);

    /// <summary>Rows of the label at this width, in cells.</summary>
    public int At(int cells)
    {
        if (Cells <= cells) return 1;
        if (words is null) return CellWidth.Wrap(label, cells).Count;
        var rows = 0;
        var line = 0;
        foreach (var (word, isSeparator) in words)
        {
            var longer = line == 0 ? word : line + 1 + word;
            if (longer <= cells)
            {
                line = longer;
                continue;
            }

            if (line > 0) rows++;
            line = isSeparator ? 0 : word;
            while (line > cells)
            {
                rows++;
                line -= cells;
            }
        }

        return line > 0 || rows == 0 ? rows + 1 : rows;
    }

    /// <summary>True where every UTF-16 unit is a character of one cell and every space may end a row.</summary>
    private static bool IsPlain(string text)
    {
        if (text.Contains(TextWidth.NoBreak, StringComparison.Ordinal)) return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || CellWidth.Of(rune) != 1) return false;
        }

        return true;
    }
}
