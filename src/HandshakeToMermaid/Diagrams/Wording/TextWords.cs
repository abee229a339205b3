namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>
/// The words of a text that stay whole: a number and its unit are one, so are a version of HTTP and its status, and so is what stands between
/// <see cref="TextWidth.NoBreak"/> unless that is too wide for a line.
/// </summary>
internal static class TextWords
{
    /// <summary>Where they begin and end in the text; between two is one space or <see cref="TextWidth.NoBreak"/>. A word may be empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isTooWide">True for a part of the text that no line has room for.</param>
    public static List<(int Start, int End)> Of(ReadOnlySpan<char> text, Func<ReadOnlySpan<char>, bool> isTooWide)
    {
        var words = new List<(int Start, int End)>(16);
        foreach (var piece in text.Split(' '))
        {
            var (start, end) = (piece.Start.Value, piece.End.Value);
            var word = text[start..end];
            if (!word.Contains(TextWidth.NoBreak) || !isTooWide(word))
            {
                Add(words, text, start, end);
                continue;
            }

            foreach (var part in word.Split(TextWidth.NoBreak)) Add(words, text, start + part.Start.Value, start + part.End.Value);
        }

        return words;
    }

    private static void Add(List<(int Start, int End)> words, ReadOnlySpan<char> text, int start, int end)
    {
        if (words.Count > 0 && IsOneWith(text[words[^1].Start..words[^1].End], text[start..end])) words[^1] = (words[^1].Start, end);
        else words.Add((start, end));
    }

    private static bool IsOneWith(ReadOnlySpan<char> word, ReadOnlySpan<char> next) =>
        (IsNumber(word) && IsUnit(next)) || (word.StartsWith("HTTP/", StringComparison.Ordinal) && IsNumber(next));

    private static bool IsNumber(ReadOnlySpan<char> word) => word.Length > 0 && char.IsAsciiDigit(word[^1]);

    private static bool IsUnit(ReadOnlySpan<char> word) => word.TrimEnd(",;:.)") is "ms" or "s" or "min" or "h" or "days" or "day" or "B" or "kB" or "MB" or "bytes" or "%";
}
