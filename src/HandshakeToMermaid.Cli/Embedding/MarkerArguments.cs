using System.Text;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>The words of a marker: separated by white space, with single and double quotes as in a shell; a backslash is a character like any other.</summary>
internal static class MarkerArguments
{
    /// <summary>The words; null where a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        char? quote = null;
        foreach (var c in text)
        {
            if (quote is null && char.IsWhiteSpace(c))
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (c == quote) quote = null;
            else if (quote is null && c is '\'' or '"') quote = c;
            else word.Append(c);
        }

        if (quote is not null) return null;
        if (isWord) words.Add(word.ToString());
        return words;
    }
}
