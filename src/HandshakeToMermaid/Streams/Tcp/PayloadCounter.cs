using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Counts the bytes of one direction without reassembling them, once the reader needs no more. One gap is tracked, so that a reordered
/// segment is not counted as a retransmission.
/// </summary>
internal struct PayloadCounter
{
    private long gapStart;
    private long gapEnd;
    private long gapLeft;

    /// <summary>Bytes of the gap that are still missing.</summary>
    public readonly long Missing => gapLeft;

    /// <summary>Begins behind a gap, which may be empty.</summary>
    public void Begin((long Start, long End) gap)
    {
        (gapStart, gapEnd) = gap;
        gapLeft = gapEnd - gapStart;
    }

    /// <summary>Counts the payload of a segment.</summary>
    public void Count(HalfStream half, TcpTracker flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        if (!half.FirstPayload.IsSet) half.FirstPayload = packet.Mark;
        if (end <= half.Next)
        {
            if (FillsGap(half, start, end)) return;
            half.Retransmissions++;
            flow.Note(TcpEventKind.Retransmission, from, in packet, end - start, limits);
            return;
        }

        if (start > half.Next)
        {
            half.MissingBytes += gapLeft;
            (gapStart, gapEnd, gapLeft) = (half.Next, start, start - half.Next);
            half.Next = start;
        }

        var cut = Math.Max(0, end - Math.Max(half.Next, start + packet.Payload.Length));
        half.Delivered += end - half.Next - cut;
        half.CutBytes += cut;
        half.MissingBytes += cut;
        half.Next = end;
    }

    private bool FillsGap(HalfStream half, long start, long end)
    {
        var filled = Math.Min(gapLeft, Math.Min(end, gapEnd) - Math.Max(start, gapStart));
        if (filled <= 0) return false;
        gapLeft -= filled;
        half.Delivered += filled;
        return true;
    }
}
