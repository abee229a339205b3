namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>
/// How wide a text is drawn, so that lines are wrapped before a diagram outgrows a page: a note does not grow with its
/// text, and a label pushes its columns apart. Measured against the fonts that hosts use, in em.
/// </summary>
internal static class TextWidth
{
    /// <summary>Estimated width in pixels at Mermaid's 16 px.</summary>
    public static double Pixels(string text)
    {
        double em = 0;
        foreach (var rune in text.EnumerateRunes()) em += Em(rune.Value);
        return em * 16;
    }

    /// <summary>Breaks a text at its separators into lines of at most <paramref name="pixels"/>; a word longer than that stays whole.</summary>
    public static List<string> Wrap(string text, double pixels)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Pixels(longer) > pixels)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }
        if (line.Length > 0) lines.Add(line);
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

    private static double Em(int rune) => rune switch
    {
        'i' or 'I' or 'j' or 'l' or 'f' or 't' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' or '(' or ')' or '[' or ']' or '·' or ' ' => 0.30,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.88,
        >= 'A' and <= 'Z' or '&' or '_' or '+' or '=' or '<' or '>' or '~' or '#' => 0.66,
        >= 0x1100 => 1.0,
        _ => 0.54,
    };
}
