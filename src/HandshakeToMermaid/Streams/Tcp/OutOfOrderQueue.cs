using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Segments that arrived before the bytes in front of them, sorted and without overlap: of two segments that cover
/// the same bytes the first one seen keeps them. The caller keeps the caps by asking <see cref="Measure"/> first.
/// </summary>
internal sealed class OutOfOrderQueue
{
    private readonly List<WaitingSegment> segments = new(4);

    /// <summary>Pieces that wait.</summary>
    public int Count => segments.Count;

    /// <summary>Captured bytes that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>The position of the first waiting byte; <see cref="long.MaxValue"/> where none waits.</summary>
    public long FirstStart => segments.Count > 0 ? segments[0].Start : long.MaxValue;

    /// <summary>The frame of the first waiting piece; there must be one.</summary>
    public FrameMark FirstMark => segments[0].Mark;

    /// <summary>The position after the last waiting byte.</summary>
    public long LastEnd => segments[^1].End;

    /// <summary>Bytes on the wire that the waiting pieces stand for.</summary>
    public long WireBytes
    {
        get
        {
            long sum = 0;
            foreach (var segment in segments) sum += segment.End - segment.Start;
            return sum;
        }
    }

    /// <summary>What a segment would add: how many pieces, how many captured bytes. No piece: all of it waits already.</summary>
    public (int Pieces, int Bytes) Measure(long start, long end, int captured)
    {
        var (pieces, bytes) = (0, 0);
        var position = start;
        var index = FirstEndingAfter(start);
        while (NextPiece(ref position, ref index, end, out var from, out var to))
        {
            pieces++;
            bytes += CapturedIn(start, captured, from, to);
        }

        return (pieces, bytes);
    }

    /// <summary>Keeps those bytes of a segment that do not wait yet.</summary>
    public void Add(long start, long end, ReadOnlySpan<byte> payload, FrameMark mark)
    {
        var position = start;
        var index = FirstEndingAfter(start);
        while (NextPiece(ref position, ref index, end, out var from, out var to))
        {
            var length = CapturedIn(start, payload.Length, from, to);
            var bytes = length > 0 ? payload.Slice((int)(from - start), length).ToArray() : [];
            segments.Insert(index++, new WaitingSegment(from, to, bytes, mark));
            Bytes += length;
        }
    }

    /// <summary>True where waiting bytes differ from those that a segment has for the same positions.</summary>
    public bool Differs(long start, ReadOnlySpan<byte> payload)
    {
        for (var i = FirstEndingAfter(start); i < segments.Count; i++)
        {
            var waiting = segments[i];
            if (waiting.Start >= start + payload.Length) return false;
            var from = Math.Max(start, waiting.Start);
            var to = Math.Min(start + payload.Length, waiting.Start + waiting.Bytes.Length);
            if (from >= to) continue;
            var ours = waiting.Bytes.AsSpan((int)(from - waiting.Start), (int)(to - from));
            if (!ours.SequenceEqual(payload.Slice((int)(from - start), ours.Length))) return true;
        }

        return false;
    }

    /// <summary>Takes the first piece out.</summary>
    public WaitingSegment RemoveFirst()
    {
        var first = segments[0];
        segments.RemoveAt(0);
        Bytes -= first.Bytes.Length;
        return first;
    }

    /// <summary>The next stretch of [position, end) that no waiting piece covers; <paramref name="index"/> is where it belongs.</summary>
    private bool NextPiece(ref long position, ref int index, long end, out long from, out long to)
    {
        while (index < segments.Count && segments[index].Start <= position)
        {
            position = Math.Max(position, segments[index].End);
            index++;
        }

        from = position;
        to = index < segments.Count ? Math.Min(end, segments[index].Start) : end;
        position = to;
        return from < to;
    }

    private int FirstEndingAfter(long position)
    {
        var (low, high) = (0, segments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].End > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static int CapturedIn(long start, int captured, long from, long to) =>
        (int)Math.Max(0, Math.Min(to, start + captured) - from);
}
