using System.Text;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>
/// How wide a text is drawn, so that lines are wrapped before a diagram outgrows a page: a note does not grow with its
/// text, and a label pushes its columns apart. Measured with the advance widths of Arial, which Trebuchet MS, Mermaid's first choice, exceeds
/// by at most 3 %.
/// </summary>
internal static class TextWidth
{
    /// <summary>Width in pixels at Mermaid's 16 px.</summary>
    public static double Pixels(string text) => PixelsOf(Units(text));

    /// <summary>True where <see cref="Wrap"/> would give the text back as it is.</summary>
    public static bool FitsWhole(string text, double pixels) =>
        text.Length > 0 && text[0] != ' ' && !text.Contains(NoBreak, StringComparison.Ordinal) && Pixels(text) <= pixels;

    /// <summary>
    /// Breaks a text at its spaces into lines of at most <paramref name="pixels"/>, not between a number and its unit, and not at a
    /// <see cref="NoBreak"/>, which becomes a space, unless there is no other way. A word longer than that stays whole.
    /// </summary>
    public static List<string> Wrap(string text, double pixels)
    {
        // Most texts fit: they are not taken apart.
        if (text.Length > 0 && text[0] != ' ' && Pixels(text) <= pixels) return [text.Replace(NoBreak, ' ')];
        var lines = new List<string>();
        var line = new StringBuilder();
        var units = 0;
        foreach (var word in Words(text, w => Pixels(w) > pixels))
        {
            var own = Units(word);
            if (line.Length > 0 && PixelsOf(units + Advance(' ') + own) > pixels)
            {
                lines.Add(line.ToString().TrimEnd(' ', '·'));
                line.Clear();
                if (word != "·") line.Append(word);
                units = word == "·" ? 0 : own;
                continue;
            }

            units += own + (line.Length > 0 ? Advance(' ') : 0);
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }

        if (line.Length > 0) lines.Add(line.ToString());
        return lines;
    }

    /// <summary>Shortens a text in the middle, where names differ least: "very-long-na…example.com".</summary>
    public static string Shorten(string text, int characters)
    {
        if (text.Length <= characters) return text;
        var head = (characters - 1) / 2;
        if (char.IsHighSurrogate(text[head - 1])) head--;
        var tail = text.Length - (characters - 1 - head);
        if (char.IsLowSurrogate(text[tail])) tail++;
        return $"{text[..head]}…{text[tail..]}";
    }

    /// <summary>The words of a text that stay whole: a number and its unit are one, so are a version of HTTP and its status, and so is what stands between <see cref="NoBreak"/> unless that is too wide for a line.</summary>
    public static IEnumerable<string> Words(string text, Func<string, bool> isTooWide)
    {
        string? pending = null;
        foreach (var word in Pieces(text, isTooWide))
        {
            if (pending is not null && ((IsNumber(pending) && IsUnit(word)) || (pending.StartsWith("HTTP/", StringComparison.Ordinal) && IsNumber(word))))
            {
                pending = $"{pending} {word}";
                continue;
            }

            if (pending is not null) yield return pending.Replace(NoBreak, ' ');
            pending = word;
        }

        if (pending is not null) yield return pending.Replace(NoBreak, ' ');
    }

    private static IEnumerable<string> Pieces(string text, Func<string, bool> isTooWide)
    {
        foreach (var word in text.Split(' '))
        {
            if (!isTooWide(word))
            {
                yield return word;
                continue;
            }

            foreach (var part in word.Split(NoBreak)) yield return part;
        }
    }

    private static double PixelsOf(int units) => units * FontSize * Spread / UnitsPerEm;

    private static int Units(string text)
    {
        var units = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Code points one by one only where there is another sign than of ASCII: texts are measured more often than anything else is done with them.
            var sign = text[i] - ' ';
            if ((uint)sign < (uint)Advances.Length) units += Advances[sign];
            else if (char.IsSurrogate(text[i])) return units + UnitsOfRunes(text.AsSpan(i));
            else units += Advance(text[i]);
        }

        return units;
    }

    private static int UnitsOfRunes(ReadOnlySpan<char> text)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes()) units += Advance(rune.Value);
        return units;
    }

    private static bool IsNumber(string word) => word.Length > 0 && char.IsAsciiDigit(word[^1]);

    private static bool IsUnit(string word) => word.TrimEnd(',', ';', ':', '.', ')') is "ms" or "s" or "min" or "h" or "days" or "day" or "B" or "kB" or "MB" or "bytes" or "%";

    private static int Advance(int rune) => rune switch
    {
        >= ' ' and <= '~' => Advances[rune - ' '],
        '\u00A0' or '·' => 333,
        '–' => 556,
        >= 0x1100 => 1000,
        _ => 600,
    };

    /// <summary>A space at which no line is broken.</summary>
    public const char NoBreak = '\u00A0';

    private const double FontSize = 16;
    private const double Spread = 1.03;
    private const double UnitsPerEm = 1000;

    /// <summary>Advance widths of Arial in thousandths of an em, from U+0020 to U+007E. An array: code that is not optimised makes an object for each use of a span of constants.</summary>
    private static readonly short[] Advances =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];
}
