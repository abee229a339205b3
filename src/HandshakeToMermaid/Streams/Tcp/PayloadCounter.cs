using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Counts the bytes of one direction whose reader wants no more of them: they are not put in order. One hole is watched, so that a reordered
/// segment is not counted as repeated.
/// </summary>
internal struct PayloadCounter
{
    private long holeStart;
    private long holeEnd;
    private long holeLeft;

    /// <summary>Bytes of the hole that have not come yet.</summary>
    public readonly long Missing => holeLeft;

    /// <summary>Begins behind a hole, which may be empty.</summary>
    public void Begin((long Start, long End) hole)
    {
        (holeStart, holeEnd) = hole;
        holeLeft = holeEnd - holeStart;
    }

    /// <summary>Counts the payload of a segment.</summary>
    public void Count(HalfStream half, TcpTracker flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        if (!half.FirstPayload.IsSet) half.FirstPayload = packet.Mark;
        if (end <= half.Next)
        {
            if (FillsHole(half, start, end)) return;
            half.Retransmissions++;
            flow.Note(TcpEventKind.Retransmission, from, in packet, end - start, limits);
            return;
        }

        if (start > half.Next)
        {
            half.MissingBytes += holeLeft;
            (holeStart, holeEnd, holeLeft) = (half.Next, start, start - half.Next);
            half.Next = start;
        }

        var cut = Math.Max(0, end - Math.Max(half.Next, start + packet.Payload.Length));
        half.Delivered += end - half.Next - cut;
        half.CutBytes += cut;
        half.MissingBytes += cut;
        half.Next = end;
    }

    private bool FillsHole(HalfStream half, long start, long end)
    {
        var filled = Math.Min(holeLeft, Math.Min(end, holeEnd) - Math.Max(start, holeStart));
        if (filled <= 0) return false;
        holeLeft -= filled;
        half.Delivered += filled;
        return true;
    }
}
