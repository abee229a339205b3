using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>Looks for originals in finished outputs: the net below the redaction, which does not depend on how a text came about.</summary>
internal sealed class LeakSearch
{
    private readonly TokenIndex<OriginalKind> index = new();

    /// <summary>A search for some originals.</summary>
    public static LeakSearch For(IReadOnlyList<Original> originals)
    {
        var search = new LeakSearch();
        foreach (var original in originals) search.Add(original);
        return search;
    }

    /// <summary>Looks for one more original, in all its forms.</summary>
    public void Add(Original original)
    {
        foreach (var form in OriginalForms.Of(original)) index.Add(form, original.Kind);
    }

    /// <summary>The kind of the first original in an output; null where there is none.</summary>
    /// <param name="output">The finished text.</param>
    /// <param name="pseudonyms">What may stand there though it is somebody's original too.</param>
    public OriginalKind? Find(string output, Pseudonyms pseudonyms)
    {
        if (index.IsEmpty) return null;
        foreach (var text in ReadableTexts.Of(output))
        {
            for (var at = 0; index.Find(text, at) is { } found; at = found.Start + found.Length)
            {
                if (!pseudonyms.IsIssued(text.Substring(found.Start, found.Length))) return found.Known;
            }
        }

        return null;
    }
}
