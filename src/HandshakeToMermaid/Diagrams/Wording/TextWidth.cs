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
        var (start, end, units) = (0, 0, 0);
        foreach (var word in TextWords.Of(text, w => PixelsOf(Units(w)) > pixels))
        {
            var own = UnitsOfWord(text.AsSpan(word.Start..word.End));
            if (end > start && PixelsOf(units + Advance(' ') + own) > pixels)
            {
                lines.Add(Spaced(text, start, end).TrimEnd(' ', '·'));
                start = end = word.End;
                units = 0;
                if (text.AsSpan(word.Start..word.End) is "·") continue;
            }

            if (end > start) units += Advance(' ');
            else start = word.Start;
            end = word.End;
            units += own;
        }

        if (end > start) lines.Add(Spaced(text, start, end));
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

    /// <summary>A part of a text with a space for each <see cref="NoBreak"/>.</summary>
    public static string Spaced(string text, int start, int end) => text[start..end].Replace(NoBreak, ' ');

    /// <summary>The same without making that text.</summary>
    private static int UnitsOfWord(ReadOnlySpan<char> word) => Units(word) + (word.Count(NoBreak) * (Advance(' ') - Advance(NoBreak)));

    private static double PixelsOf(int units) => units * FontSize * Spread / UnitsPerEm;

    private static int Units(ReadOnlySpan<char> text)
    {
        var units = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Code points one by one only where there is another sign than of ASCII: texts are measured more often than anything else is done with them.
            var sign = text[i] - ' ';
            if ((uint)sign < (uint)Advances.Length) units += Advances[sign];
            else if (char.IsSurrogate(text[i])) return units + UnitsOfRunes(text[i..]);
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
