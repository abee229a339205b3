namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The beginning of one direction of a TCP connection, put together from its segments; also a message or a stream of another protocol.</summary>
/// <param name="start">The sequence number of its first byte.</param>
/// <param name="sinceFrame">The frame from which on it counts; a later connection may have the same addresses and ports.</param>
internal sealed class CollectedStream(uint start, long sinceFrame)
{
    private byte[] bytes = [];
    private bool[] known = [];

    /// <summary>The sequence number of its first byte.</summary>
    public uint Start => start;

    /// <summary>The frame from which on it counts.</summary>
    public long SinceFrame => sinceFrame;

    /// <summary>Its bytes up to the first gap.</summary>
    public Span<byte> Known
    {
        get
        {
            var whole = Array.IndexOf(known, false);
            return bytes.AsSpan(0, whole < 0 ? known.Length : whole);
        }
    }

    /// <summary>Stores a segment's bytes as far as there is room; the first that came for a place stay.</summary>
    /// <returns>How much more memory it takes.</returns>
    public int Add(uint sequence, ReadOnlySpan<byte> payload)
    {
        var offset = (long)unchecked((int)(sequence - start));
        if (offset < 0 || offset >= MaxBytes || payload.IsEmpty) return 0;
        var end = (int)Math.Min(MaxBytes, offset + payload.Length);
        var before = bytes.Length;
        if (end > bytes.Length)
        {
            var room = Math.Min(MaxBytes, Math.Max(end, 2 * bytes.Length));
            Array.Resize(ref bytes, room);
            Array.Resize(ref known, room);
        }

        for (var i = (int)offset; i < end; i++)
        {
            if (known[i]) continue;
            bytes[i] = payload[i - (int)offset];
            known[i] = true;
        }

        return 2 * (bytes.Length - before);
    }

    /// <summary>Rewrites the bytes up to the first gap, then what lies between other gaps; unless it is said how, that becomes noise.</summary>
    /// <param name="rewrite">Rewrites the beginning.</param>
    /// <param name="noise">Fills the rest.</param>
    /// <param name="resume">Rewrites bytes behind a gap; null for noise.</param>
    public void Rewrite(Action<Span<byte>> rewrite, Noise noise, Action<Span<byte>>? resume = null)
    {
        var end = Known.Length;
        rewrite(bytes.AsSpan(0, end));
        if (resume is null) noise.Fill(bytes.AsSpan(end), end);
        while (resume is not null && end < bytes.Length && Array.IndexOf(known, true, end) is >= 0 and var start)
        {
            end = Array.IndexOf(known, false, start);
            if (end < 0) end = bytes.Length;
            resume(bytes.AsSpan(start, end - start));
        }
    }

    /// <summary>Writes the rewritten bytes over a segment's.</summary>
    public void CopyTo(uint sequence, Span<byte> payload, Noise noise)
    {
        var offset = (long)unchecked((int)(sequence - start));
        noise.Fill(payload, Math.Abs(offset));
        if (offset < 0 || offset >= bytes.Length) return;
        bytes.AsSpan((int)offset, (int)Math.Min(payload.Length, bytes.Length - offset)).CopyTo(payload);
    }

    /// <summary>More than a handshake with its first data takes; records behind it are followed for half of it.</summary>
    private const int MaxBytes = 256 * 1024;
}
