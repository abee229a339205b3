using System.Text;

namespace HandshakeToMermaid.Redaction;

/// <summary>
/// Values that cannot be told from this program's own words in a finished text: words that it writes itself (a host called "server"), numbers, and
/// what is shorter than four bytes. They are replaced and checked field by field.
/// </summary>
internal static class OwnWords
{
    /// <summary>True where a value can be looked for in any text.</summary>
    public static bool IsDistinctive(string value) =>
        Encoding.UTF8.GetByteCount(value) >= ShortestDistinctive && !value.All(char.IsAsciiDigit) && !Words.Value.Contains(value) && value.Any(char.IsLetterOrDigit);

    private static HashSet<string> Read()
    {
        using var resource = typeof(OwnWords).Assembly.GetManifestResourceStream("redaction/OwnWords.txt")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')) words.Add(line);
        }

        return words;
    }

    private static readonly Lazy<HashSet<string>> Words = new(Read);

    private const int ShortestDistinctive = 4;
}
