namespace HandshakeToMermaid.Redaction;

/// <summary>
/// Finds values in texts as whole tokens, whatever their case: a value is no part of a longer word or number, and a name no part of a hyphenated
/// one. Costs a look-up for each word of a text, however many values there are.
/// </summary>
/// <typeparam name="T">What is known of a value.</typeparam>
internal sealed class TokenIndex<T>
{
    private readonly Dictionary<string, List<(string Value, int Offset, T Known)>> byFirstWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(string Value, int Offset, T Known)>>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly HashSet<string> values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes an empty index.</summary>
    public TokenIndex() => lookup = byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True where nothing is looked for.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>Adds a value; the first of equal ones counts. One without letters and digits cannot be found.</summary>
    public void Add(string value, T known)
    {
        var start = 0;
        while (start < value.Length && !char.IsLetterOrDigit(value[start])) start++;
        if (start == value.Length || !values.Add(value)) return;
        var word = value[start..WordEnd(value, start)];
        if (!byFirstWord.TryGetValue(word, out var found)) byFirstWord[word] = found = [];
        found.Add((value, start, known));
        if (found.Count > 1) found.Sort(static (a, b) => b.Value.Length.CompareTo(a.Value.Length));
    }

    /// <summary>The first value at or behind a place of a text, the longest where several begin there; null where there is none.</summary>
    public (int Start, int Length, T Known)? Find(ReadOnlySpan<char> text, int from)
    {
        var at = from;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var end = WordEnd(text, at);
            var isWhole = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            if (isWhole && lookup.TryGetValue(text[at..end], out var candidates))
            {
                foreach (var (value, offset, known) in candidates)
                {
                    var start = at - offset;
                    if (start < from || start + value.Length > text.Length) continue;
                    if (text.Slice(start, value.Length).Equals(value, StringComparison.OrdinalIgnoreCase) && IsBounded(text, start, value.Length)) return (start, value.Length, known);
                }
            }

            at = end;
        }

        return null;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && char.IsLetterOrDigit(text[start])) start++;
        return start;
    }

    private static bool IsBounded(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        if (start > 0 && char.IsLetterOrDigit(text[start]) && IsJoined(text, start - 1, -1)) return false;
        return end >= text.Length || !char.IsLetterOrDigit(text[end - 1]) || !IsJoined(text, end, 1);
    }

    /// <summary>True for a letter or digit, and for a hyphen with one behind it.</summary>
    private static bool IsJoined(ReadOnlySpan<char> text, int at, int step)
    {
        if (char.IsLetterOrDigit(text[at])) return true;
        return text[at] is '-' or '_' && at + step >= 0 && at + step < text.Length && char.IsLetterOrDigit(text[at + step]);
    }
}
