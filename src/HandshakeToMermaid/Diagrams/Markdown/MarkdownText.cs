using System.Globalization;
using System.Text;
using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Markdown;

/// <summary>
/// Text for Markdown, also inside table cells. What was captured stands in code spans only: there no markup, no link, no
/// mention and no number of an issue is read. In our own sentences only the words that could mean something do.
/// </summary>
internal sealed class MarkdownText : ITextForm
{
    /// <summary>A captured text as a code span.</summary>
    public static string Code(string text)
    {
        var visible = VisibleText.Of(text);
        // A backslash before a bar reads differently in a table's cell than outside: such a bar is spelled out.
        visible = visible.Replace("\\|", "\\‹U+007C›", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
        var fence = new string('`', LongestRun(visible) + 1);
        var pad = visible[0] == '`' || visible[^1] == '`' ? " " : "";
        return $"{fence}{pad}{visible}{pad}{fence}";
    }

    /// <summary>A sentence: words that Markdown or a host may read as something else become code spans. Not for the start of a line.</summary>
    public static string Prose(string text)
    {
        var written = new StringBuilder();
        var quoted = new List<string>();
        foreach (var word in VisibleText.Of(text).Split(' '))
        {
            if (!IsPlain(word))
            {
                quoted.Add(word);
                continue;
            }
            Flush(written, quoted);
            if (written.Length > 0) written.Append(' ');
            written.Append(word);
        }
        Flush(written, quoted);
        return written.ToString();
    }

    /// <inheritdoc/>
    public string Value(string text) => Code(text);

    /// <inheritdoc/>
    public string Sentence(string text) => Prose(text);

    private static void Flush(StringBuilder written, List<string> quoted)
    {
        if (quoted.Count == 0) return;
        if (written.Length > 0) written.Append(' ');
        var span = string.Join(' ', quoted);
        // A comma or a full stop behind a name belongs to the sentence.
        var end = span.Length > 1 && span[^1] is ',' or '.' or ':' ? span[^1..] : "";
        written.Append(CultureInfo.InvariantCulture, $"{Code(span[..^end.Length])}{end}");
        quoted.Clear();
    }

    /// <summary>Letters and digits, with marks only where they cannot begin markup, a link or a mention.</summary>
    private static bool IsPlain(string word)
    {
        if (word is "·" or "->" or "+" or "-") return word == "·";
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsLetterOrDigit(c) || c is '…' or '’') continue;
            var isLast = i == word.Length - 1;
            var isFirst = i == 0;
            var isBetweenDigits = !isFirst && !isLast && char.IsDigit(word[i - 1]) && char.IsDigit(word[i + 1]);
            var isBetweenLetters = !isFirst && !isLast && char.IsLetterOrDigit(word[i - 1]) && char.IsLetterOrDigit(word[i + 1]);
            var isPlain = c switch
            {
                ',' or ':' or '?' => isLast,
                ')' => isLast || word[i + 1] is ',' or '.' or ':',
                '(' => isFirst,
                '.' => isLast || (isBetweenDigits && word.Count(x => x == '.') == 1),
                '-' or '\'' => isBetweenLetters,
                _ => false,
            };
            if (!isPlain) return false;
        }
        return word.Length > 0;
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
