namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Searches for a phrase in the first bytes of a body, across chunk boundaries. Of the body only a possible prefix of the phrase is stored.</summary>
internal sealed class PhraseSearch(ReadOnlyMemory<byte> phrase, int most)
{
    private readonly byte[] tail = new byte[phrase.Length - 1];
    private int tailLength;
    private int seen;

    /// <summary>True once the phrase was met.</summary>
    public bool IsFound { get; private set; }

    /// <summary>True once nothing more is wanted.</summary>
    public bool IsDone => IsFound || seen >= most;

    /// <summary>Takes the next bytes.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (IsDone) return;
        bytes = bytes[..Math.Min(bytes.Length, most - seen)];
        seen += bytes.Length;
        // The phrase may lie across the border of two pieces.
        byte[] border = [.. tail.AsSpan(0, tailLength), .. bytes[..Math.Min(bytes.Length, tail.Length)]];
        IsFound = border.AsSpan().IndexOf(phrase.Span) >= 0 || bytes.IndexOf(phrase.Span) >= 0;
        ReadOnlySpan<byte> last = bytes.Length >= tail.Length ? bytes[^tail.Length..] : border.AsSpan(Math.Max(0, border.Length - tail.Length));
        last.CopyTo(tail);
        tailLength = last.Length;
    }
}
