using System.Buffers;
using System.Text;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// Escapes text for participants, messages, notes and titles of Mermaid 9.4 to 12, so that it shows exactly and does
/// nothing. Only numeric escapes are safe in all of them. Not for block labels (loop, alt, ...): those must hold no text
/// from the wire at all.
/// </summary>
internal static class MermaidText
{
    /// <summary>One text, in its visible form, escaped. Never escape twice: the escape sign is itself escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = Numbers(VisibleText.Of(text));
        // Mermaid strips the last semicolon behind these words, and an escape ends in one.
        if (escaped.Contains("style", StringComparison.Ordinal)) escaped = escaped.Replace("style", "#115;tyle", StringComparison.Ordinal);
        if (escaped.Contains("classDef", StringComparison.Ordinal)) escaped = escaped.Replace("classDef", "#99;lassDef", StringComparison.Ordinal);
        return escaped;
    }

    /// <summary>Several lines as one text of a diagram; each is escaped for itself.</summary>
    public static string Lines(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return Escape("");
        var first = AfterWrap(Escape(lines[0]));
        if (lines.Count == 1) return first;
        var escaped = new string[lines.Count];
        escaped[0] = first;
        for (var i = 1; i < escaped.Length; i++) escaped[i] = Escape(lines[i]);
        return string.Join("<br/>", escaped);
    }

    /// <summary>A title, section or task of a gantt chart, where a colon ends the text.</summary>
    public static string Gantt(string text) => Escape(text).Replace(":", "#58;", StringComparison.Ordinal);

    /// <summary>Special signs as their numbers.</summary>
    private static string Numbers(string text)
    {
        var first = text.AsSpan().IndexOfAny(Suspects);
        while (first >= 0 && first < text.Length && !IsSpecial(text, first)) first++;
        if (first < 0 || first == text.Length) return text;
        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (IsSpecial(text, i)) escaped.Append('#').Append((int)text[i]).Append(';');
            else escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    /// <summary>The signs among which <see cref="IsSpecial"/> decides: most texts have none.</summary>
    private static readonly SearchValues<char> Suspects = SearchValues.Create("#;<\uFB02\u00B6%$`{}\\");

    /// <summary>Signs that mean something to one of the versions: some always, some only beside another.</summary>
    private static bool IsSpecial(string text, int at)
    {
        var before = at > 0 ? text[at - 1] : '\0';
        var after = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            '#' or ';' or '<' or '\uFB02' or '\u00B6' => true,
            '%' => after is '%' or '{' || before is '%' or '}',
            '$' or '`' => after == text[at] || before == text[at],
            '{' => after is '{' or '%' or '<' or '#' || before is '{',
            '}' => before is '}' or '%' or '>' or '#' || after is '}',
            '\\' => after is 'n',
            _ => false,
        };
    }

    /// <summary>A text that begins with "wrap:" or "nowrap:" is not shown as it is (both also behind another colon).</summary>
    private static string AfterWrap(string line)
    {
        var start = line.StartsWith(':') ? 1 : 0;
        foreach (var word in (ReadOnlySpan<string>)["wrap:", "nowrap:"])
        {
            var end = start + word.Length;
            if (line.AsSpan(start).StartsWith(word, StringComparison.OrdinalIgnoreCase)) return string.Concat(line.AsSpan(0, end - 1), "#58;", line.AsSpan(end));
        }
        return line;
    }
}
