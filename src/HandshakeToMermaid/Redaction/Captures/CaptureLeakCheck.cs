using System.Text;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Looks for originals in a rewritten capture: in what is read of it, and in its bytes.</summary>
internal sealed class CaptureLeakCheck(Pseudonyms pseudonyms)
{
    private readonly HashSet<Original> originals = [];
    private readonly TokenIndex<OriginalKind> index = new();

    /// <summary>Names of public authorities stay; an organization that they issue to may be called as they are.</summary>
    private readonly List<string> publicNames = [];

    /// <summary>A connection of the capture as it was.</summary>
    public void Note(Connection connection)
    {
        foreach (var authority in connection.Facts.SelectMany(f => f.Originals).Where(o => o.Kind == OriginalKind.Authority && Pseudonyms.Stays(o)))
        {
            if (!publicNames.Contains(authority.Text)) publicNames.Add(authority.Text);
        }

        foreach (var original in ConnectionOriginals.Of(connection))
        {
            if (original.Kind is OriginalKind.File or OriginalKind.StatusLine || !originals.Add(original)) continue;
            foreach (var form in OriginalForms.Of(original))
            {
                if (original.Kind is OriginalKind.Name or OriginalKind.Subject or OriginalKind.Authority or OriginalKind.RequestLine or OriginalKind.FreeText && form.Length >= ShortestInBytes) index.Add(form, original.Kind);
            }
        }
    }

    /// <summary>A connection of the rewritten capture.</summary>
    /// <exception cref="LeakException">One of its values is an original.</exception>
    public void Check(Connection connection)
    {
        foreach (var original in ConnectionOriginals.Of(connection))
        {
            if (originals.Contains(original) && !pseudonyms.IsIssued(original.Text) && !IsMasked(original.Text)) throw new LeakException(original.Kind);
        }
    }

    /// <summary>The bytes of a frame of the rewritten capture.</summary>
    /// <exception cref="LeakException">A name or a text stands in them.</exception>
    public void Check(ReadOnlySpan<byte> frame)
    {
        var text = Encoding.Latin1.GetString(frame);
        for (var at = 0; index.Find(text, at) is { } found; at = found.Start + found.Length)
        {
            var value = text.Substring(found.Start, found.Length);
            if (!pseudonyms.IsIssued(value) && !publicNames.Exists(n => n.Contains(value, StringComparison.OrdinalIgnoreCase))) throw new LeakException(found.Known);
        }
    }

    private static bool IsMasked(string text) => text.All(c => c is 'x' or '0' || !char.IsLetterOrDigit(c));

    /// <summary>Shorter words stand in noise by chance.</summary>
    private const int ShortestInBytes = 8;
}
