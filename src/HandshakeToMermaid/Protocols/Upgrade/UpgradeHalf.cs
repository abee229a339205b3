using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>One direction of a connection that does not speak TLS yet: what waits to be a whole unit, and in which frames it came.</summary>
internal sealed class UpgradeHalf
{
    private readonly List<(int End, FrameMark Mark)> pieces = [];
    private byte[] bytes = [];
    private int length;

    /// <summary>What waits.</summary>
    public ReadOnlySpan<byte> Waiting => bytes.AsSpan(0, length);

    /// <summary>The frame of the first byte that waits; not set where none does.</summary>
    public FrameMark First => pieces.Count > 0 ? pieces[0].Mark : default;

    /// <summary>Bytes taken so far in all.</summary>
    public long Taken { get; private set; }

    /// <summary>What follows is another protocol's.</summary>
    public bool IsOver { get; set; }

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> more, FrameMark mark)
    {
        if (bytes.Length < length + more.Length) Array.Resize(ref bytes, Math.Max(256, Math.Max(bytes.Length * 2, length + more.Length)));
        more.CopyTo(bytes.AsSpan(length));
        length += more.Length;
        Taken += more.Length;
        pieces.Add((length, mark));
    }

    /// <summary>The latest frame that holds one of the first <paramref name="count"/> bytes.</summary>
    public FrameMark LastOf(int count)
    {
        var last = pieces[0].Mark;
        foreach (var (end, mark) in pieces)
        {
            last = FrameMark.Latest(last, mark);
            if (end >= count) break;
        }

        return last;
    }

    /// <summary>Takes the first bytes away.</summary>
    public void Drop(int count)
    {
        bytes.AsSpan(count, length - count).CopyTo(bytes);
        length -= count;
        var remaining = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].End > count) pieces[remaining++] = (pieces[i].End - count, pieces[i].Mark);
        }

        pieces.RemoveRange(remaining, pieces.Count - remaining);
    }

    /// <summary>Hands what waits to another reader, piece by piece, each with its own frame.</summary>
    public void Pour(Action<ReadOnlySpan<byte>, FrameMark> into)
    {
        var start = 0;
        foreach (var (end, mark) in pieces)
        {
            into(bytes.AsSpan(start, end - start), mark);
            start = end;
        }

        Clear();
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        pieces.Clear();
        (bytes, length) = ([], 0);
    }
}
