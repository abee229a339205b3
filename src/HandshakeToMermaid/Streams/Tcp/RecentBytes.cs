namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// The first bytes of one direction that were put in order, so that a repetition with other content is noticed. Kept
/// only while the reader still needs bytes, and about <see cref="Capacity"/> of them: the handshake fits.
/// </summary>
internal sealed class RecentBytes
{
    private byte[] ring = [];
    private int size;
    private long start;
    private long end;

    /// <summary>Remembers bytes; those that do not follow the ones before begin anew.</summary>
    public void Append(long position, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (position != end) start = position;
        end = position + bytes.Length;
        if (bytes.Length > Capacity) bytes = bytes[^Capacity..];
        start = Math.Max(start, end - Capacity);
        Grow((int)(end - start), end - bytes.Length);
        var at = (int)((end - bytes.Length) & (size - 1));
        var head = Math.Min(bytes.Length, size - at);
        bytes[..head].CopyTo(ring.AsSpan(at));
        bytes[head..].CopyTo(ring);
    }

    /// <summary>True where remembered bytes differ from those that a segment has for the same positions.</summary>
    public bool Differs(long position, ReadOnlySpan<byte> bytes)
    {
        var from = Math.Max(position, start);
        var to = Math.Min(position + bytes.Length, end);
        for (var i = from; i < to; i++)
        {
            if (ring[(int)(i & (size - 1))] != bytes[(int)(i - position)]) return true;
        }

        return false;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        if (size > 0) StreamBuffers.Return(ring);
        ring = [];
        size = 0;
        start = end = 0;
    }

    /// <summary>Makes room, keeping the bytes from <see cref="start"/> to <paramref name="keepUntil"/> at their new places.</summary>
    private void Grow(int needed, long keepUntil)
    {
        if (needed <= size) return;
        var larger = FirstCapacity;
        while (larger < needed) larger *= 2;
        var bytes = StreamBuffers.Rent(larger);
        for (var i = start; i < keepUntil;)
        {
            int from = (int)(i & (size - 1)), to = (int)(i & (larger - 1));
            var run = (int)Math.Min(keepUntil - i, Math.Min(size - from, larger - to));
            ring.AsSpan(from, run).CopyTo(bytes.AsSpan(to));
            i += run;
        }

        if (size > 0) StreamBuffers.Return(ring);
        (ring, size) = (bytes, larger);
    }

    /// <summary>Bytes remembered at most.</summary>
    public const int Capacity = 16 * 1024;

    private const int FirstCapacity = 1024;
}
