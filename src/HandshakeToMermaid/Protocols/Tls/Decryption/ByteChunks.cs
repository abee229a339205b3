namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Records of bytes one after the other in a few large arrays: millions of them cost the collector nothing, and growing copies none. Not thread-safe.</summary>
internal sealed class ByteChunks
{
    private readonly List<byte[]> chunks = [];
    private int used;

    /// <summary>Bytes that are reserved.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a record and returns its place, never 0.</summary>
    /// <param name="length">Its length in bytes, at most <see cref="ChunkSize"/>.</param>
    /// <param name="record">The record, all zero.</param>
    public uint Add(int length, out Span<byte> record)
    {
        if (chunks.Count == 0 || used + length > chunks[^1].Length)
        {
            // The first byte of the first one stays unused: no place is 0.
            used = chunks.Count == 0 ? 1 : 0;
            chunks.Add(new byte[chunks.Count == 0 ? Math.Max(FirstSize, length + 1) : ChunkSize]);
        }

        var place = ((uint)(chunks.Count - 1) << ChunkBits) | (uint)used;
        record = chunks[^1].AsSpan(used, length);
        used += length;
        Length += length;
        return place;
    }

    /// <summary>What begins at a place, to the end of its array.</summary>
    public Span<byte> At(uint place) => chunks[(int)(place >> ChunkBits)].AsSpan((int)(place & (ChunkSize - 1)));

    /// <summary>The largest record, in bytes.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 20;

    /// <summary>A key log of a few sessions needs no more.</summary>
    private const int FirstSize = 8 * 1024;
}
