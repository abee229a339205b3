using System.Text;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>How many cells of a terminal a text takes (Unicode Standard Annex 11: wide and fullwidth are two, combining marks none).</summary>
internal static class CellWidth
{
    public static int Of(ReadOnlySpan<char> text)
    {
        var cells = 0;
        foreach (var rune in text.EnumerateRunes()) cells += Of(rune);
        return cells;
    }

    /// <summary>As much of the text as fits.</summary>
    public static string Cut(string text, int cells, char ellipsis)
    {
        if (Of(text) <= cells) return text;
        var cut = new StringBuilder();
        var left = cells - 1;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Of(rune);
            if (left < 0) break;
            cut.Append(rune.ToString());
        }
        return cells > 0 ? cut.Append(ellipsis).ToString() : "";
    }

    /// <summary>Breaks a text into lines of at most so many cells, at spaces where there are any, but not between a number and its unit; a separator at a break is dropped.</summary>
    public static List<string> Wrap(string text, int cells, char separator = '·')
    {
        var lines = new List<string>();
        var line = "";
        foreach (var (start, end) in TextWords.Of(text, w => Of(w) > cells))
        {
            var word = TextWidth.Spaced(text, start, end);
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Of(longer) <= cells)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0) lines.Add(line.EndsWith($" {separator}", StringComparison.Ordinal) ? line[..^2] : line);
            line = word.Length == 1 && word[0] == separator ? "" : word;
            while (Of(line) > cells) line = Break(line, cells, lines);
        }
        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        return lines;
    }

    private static string Break(string word, int cells, List<string> lines)
    {
        var used = 0;
        var at = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            if (used + Of(rune) > cells && at > 0) break;
            used += Of(rune);
            at += rune.Utf16SequenceLength;
        }
        lines.Add(word[..at]);
        return word[at..];
    }

    /// <summary>Cells of one character.</summary>
    public static int Of(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        _ when Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
            or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
            or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
