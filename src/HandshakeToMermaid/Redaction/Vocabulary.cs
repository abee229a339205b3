using System.Text;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>The originals of one connection with their pseudonyms, and the texts in which they are replaced.</summary>
internal sealed class Vocabulary
{
    private readonly Pseudonyms pseudonyms;
    private readonly Dictionary<string, string> whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly TokenIndex<string> distinctive = new();
    private readonly TokenIndex<string> ordinary = new();
    private readonly List<(string Text, string Pseudonym)> free = [];

    /// <summary>Learns the originals of a connection.</summary>
    public Vocabulary(IReadOnlyList<Original> originals, Pseudonyms pseudonyms)
    {
        this.pseudonyms = pseudonyms;
        pseudonyms.Note(originals);
        foreach (var original in originals)
        {
            var pseudonym = pseudonyms.Of(original);
            Add(original.Text, pseudonym);
            if (original.Kind is OriginalKind.FreeText or OriginalKind.RequestLine or OriginalKind.StatusLine) free.Add((original.Text, pseudonym));
            if (original.Kind is OriginalKind.Subject or OriginalKind.Authority) AddValue(original.Text);
            if (original.Kind == OriginalKind.File) Add(original.Text[(original.Text.LastIndexOfAny(['/', '\\']) + 1)..], pseudonym);
        }
    }

    /// <summary>A text of a field that holds a value: replaced as a whole where it is an original.</summary>
    public string? Field(string? text)
    {
        if (text is null) return null;
        if (whole.TryGetValue(text, out var pseudonym)) return pseudonym;
        return Cut(text) ?? Text(text);
    }

    /// <summary>The title of a step: a first line from the wire is replaced as a whole, and no word of this program is taken for a value.</summary>
    public string Title(string text)
    {
        foreach (var (original, pseudonym) in free)
        {
            if (original == text) return pseudonym;
        }

        return Cut(text) ?? Text(text);
    }

    /// <summary>A text of this program in which originals may stand.</summary>
    public string Text(string text) => Replace(text, distinctive, isSentence: false);

    /// <summary>
    /// A sentence about the connection. A name that is also a word of this program ("server") is replaced too, unless an article stands before
    /// it: the program speaks of "the server", and never puts an article before a name.
    /// </summary>
    public string Sentence(string text) => Replace(Text(text), ordinary, isSentence: true);

    private void Add(string text, string pseudonym)
    {
        if (text.Length == 0 || text == pseudonym) return;
        whole.TryAdd(text, pseudonym);
        var index = OwnWords.IsDistinctive(text) ? distinctive : ordinary;
        if (index == distinctive || text.Length > 1) index.Add(text, pseudonym);
        var shortened = Wording.Name(text);
        if (shortened != text) distinctive.Add(shortened, Wording.Name(pseudonym));
    }

    /// <summary>"O=Example": the value alone too, as texts name a certificate by its common name.</summary>
    private void AddValue(string text)
    {
        if (DirectoryNamePseudonyms.Parts(text) is not [(var type, var value)] || type.Length == 0) return;
        Add(value, pseudonyms.OfAttribute(type, value));
    }

    /// <summary>What was cut off behind its beginning, as long free texts are in titles.</summary>
    private string? Cut(string text)
    {
        var end = text.EndsWith("...", StringComparison.Ordinal) ? 3 : text.EndsWith('…') ? 1 : 0;
        if (end == 0) return null;
        var beginning = text[..^end];
        foreach (var (original, pseudonym) in free)
        {
            if (original.StartsWith(beginning, StringComparison.Ordinal)) return pseudonym;
        }

        return null;
    }

    private string Replace(string text, TokenIndex<string> index, bool isSentence)
    {
        var result = new StringBuilder();
        var done = 0;
        for (var at = 0; at < text.Length;)
        {
            var found = index.Find(text, at);
            var until = found?.Start ?? text.Length;
            if (!isSentence) AppendAddresses(result, text.AsSpan(done, until - done));
            else result.Append(text.AsSpan(done, until - done));
            if (found is not { } match) return result.ToString();
            at = done = match.Start + match.Length;
            var original = text.AsSpan(match.Start, match.Length);
            result.Append(isSentence && HasArticle(text, match.Start) ? original : match.Known);
        }

        return done == 0 ? text : result.ToString();
    }

    private static bool HasArticle(string text, int at)
    {
        var before = text.AsSpan(0, at).TrimEnd();
        foreach (var article in (ReadOnlySpan<string>)["the", "a", "an", "its", "their", "no", "this", "own"])
        {
            if (before.EndsWith(article, StringComparison.OrdinalIgnoreCase) && (before.Length == article.Length || before[^(article.Length + 1)] == ' ')) return true;
        }

        return false;
    }

    /// <summary>Addresses that stand in a text without being known are replaced too: there is no address of this program's own.</summary>
    private void AppendAddresses(StringBuilder result, ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!IsAddressSign(text[at]) || (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '-')))
            {
                result.Append(text[at++]);
                continue;
            }

            var end = at;
            while (end < text.Length && IsAddressSign(text[end])) end++;
            var token = text[at..end];
            var trimmed = token.TrimEnd(".:");
            var address = (trimmed.Count('.') == 3 || trimmed.Count(':') > 1) && (end == text.Length || !char.IsLetterOrDigit(text[end])) ? IpAddress.Parse(trimmed.ToString()) : null;
            if (address is { } known) result.Append(pseudonyms.Of(known)).Append(token[trimmed.Length..]);
            else result.Append(token);
            at = end;
        }
    }

    private static bool IsAddressSign(char c) => char.IsAsciiHexDigit(c) || c is '.' or ':';
}
