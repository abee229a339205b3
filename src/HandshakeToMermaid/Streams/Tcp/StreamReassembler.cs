using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Puts the bytes of one direction in order (RFC 9293 section 3.10.7.4) and hands them to the flow's reader, with the gaps between them. Of
/// bytes sent twice the first ones win.
/// </summary>
/// <param name="half">The direction, whose position and counters go on with it.</param>
internal sealed class StreamReassembler(HalfStream half)
{
    private OutOfOrderQueue? waiting;
    private StreamClock clock;
    private bool isMidwayReported;

    /// <summary>The position of the first byte that waits behind missing ones; <see cref="long.MaxValue"/> where none waits.</summary>
    public long FirstWaiting => waiting?.FirstStart ?? long.MaxValue;

    /// <summary>The first frame behind bytes that were not captured; null where none waits.</summary>
    public FrameMark? FirstMissing => waiting is { Count: > 0 } ? waiting.FirstMark : null;

    /// <summary>Captured bytes that wait out of order.</summary>
    public int WaitingBytes => waiting?.Bytes ?? 0;

    /// <summary>Pieces that wait out of order.</summary>
    public int WaitingSegments => waiting?.Count ?? 0;

    /// <summary>When everything in front of a frame could be read.</summary>
    public FrameMark After(FrameMark mark) => clock.After(mark);

    /// <summary>True where a segment has other bytes for positions that were handed on before, as far as these were recorded.</summary>
    public bool Differs(TcpTracker flow, Direction from, long position, ReadOnlySpan<byte> payload) =>
        position < half.Next && !payload.IsEmpty && flow.Reader.Differs(from, position - half.Start, payload);

    /// <summary>Takes the payload of a segment: bytes that are next are handed on, later ones wait, earlier ones repeat.</summary>
    public void Take(TcpTracker flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        while (true)
        {
            if (end <= half.Next)
            {
                Repeated(flow, from, start, end, in packet, limits);
                return;
            }

            if (start <= half.Next)
            {
                InOrder(flow, from, start, end, in packet, limits);
                return;
            }

            waiting ??= new OutOfOrderQueue();
            var (pieces, bytes) = waiting.Measure(start, end, packet.Payload.Length);
            if (pieces == 0)
            {
                Repeated(flow, from, start, end, in packet, limits);
                return;
            }

            if (waiting.Count + pieces <= limits.OutOfOrderSegments && waiting.Bytes + bytes <= limits.OutOfOrderBytes)
            {
                if (waiting.Differs(start, packet.Payload)) Conflict(flow, from, end - start, in packet, limits);
                waiting.Add(start, end, packet.Payload, packet.Mark);
                return;
            }

            var gap = Math.Min(start, waiting.FirstStart);
            DeclareGap(flow, from, gap, half.Acknowledged >= gap ? GapKind.NotCaptured : GapKind.CapReached, packet.Mark, limits);
        }
    }

    /// <summary>Gives up the bytes up to a position, and goes on with what waits behind them.</summary>
    public void DeclareGap(TcpTracker flow, Direction from, long end, GapKind kind, FrameMark mark, AnalyzerLimits limits)
    {
        ReportMidway(flow, from, mark);
        Miss(flow, from, end, kind, mark, limits);
        while (FirstWaiting == half.Next) DeliverWaiting(flow, from, limits);
    }

    /// <summary>The bytes are no longer needed: what was buffered is counted as seen.</summary>
    /// <returns>The gap in front of it; empty if nothing was buffered.</returns>
    public (long Start, long End) Stop()
    {
        var gap = (half.Next, half.Next);
        if (waiting is { Count: > 0 })
        {
            var bytes = waiting.WireBytes;
            gap = (half.Next, waiting.FirstStart);
            half.MissingBytes += waiting.LastEnd - waiting.FirstStart - bytes;
            half.Delivered += bytes;
            half.Next = waiting.LastEnd;
        }

        waiting = null;
        return gap;
    }

    /// <summary>The flow is over, and nothing waits any more.</summary>
    public void Close() => waiting = null;

    /// <summary>Forgets everything.</summary>
    public void Renew() => (waiting, clock, isMidwayReported) = (null, default, false);

    private void InOrder(TcpTracker flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        var payload = packet.Payload;
        if (Differs(flow, from, start, payload) || waiting?.Differs(start, payload) == true)
        {
            Conflict(flow, from, end - start, in packet, limits);
        }

        while (half.Next < end)
        {
            if (FirstWaiting == half.Next)
            {
                DeliverWaiting(flow, from, limits);
                continue;
            }

            var offset = (int)(half.Next - start);
            var stop = Math.Min(end, FirstWaiting);
            var captured = Math.Min(payload.Length, (int)(stop - start));
            Deliver(flow, from, offset < captured ? payload[offset..captured] : default, stop, packet.Mark, limits);
        }

        while (FirstWaiting == half.Next) DeliverWaiting(flow, from, limits);
    }

    private void DeliverWaiting(TcpTracker flow, Direction from, AnalyzerLimits limits)
    {
        var first = waiting!.RemoveFirst();
        Deliver(flow, from, first.Bytes, first.End, first.Mark, limits);
    }

    /// <summary>Hands on the next bytes; what is missing of them up to <paramref name="end"/> was cut off by the snap length.</summary>
    private void Deliver(TcpTracker flow, Direction from, ReadOnlySpan<byte> bytes, long end, FrameMark mark, AnalyzerLimits limits)
    {
        ReportMidway(flow, from, mark);
        if (!half.FirstPayload.IsSet) half.FirstPayload = mark;
        if (!bytes.IsEmpty)
        {
            half.Next += bytes.Length;
            half.Delivered += bytes.Length;
            flow.Reader.Bytes(from, bytes, clock.Advance(mark));
        }

        if (end <= half.Next) return;
        half.CutBytes += end - half.Next;
        Miss(flow, from, end, GapKind.CutShort, mark, limits);
    }

    private void Miss(TcpTracker flow, Direction from, long end, GapKind kind, FrameMark mark, AnalyzerLimits limits)
    {
        var length = end - half.Next;
        half.Next = end;
        half.MissingBytes += length;
        flow.Note(new TcpEvent(TcpEventKind.Gap, from, mark, length, Gap: kind), limits);
        flow.Reader.Gap(from, new StreamGap(kind, length, mark));
    }

    private void ReportMidway(TcpTracker flow, Direction from, FrameMark mark)
    {
        if (isMidwayReported || !half.JoinedMidway) return;
        isMidwayReported = true;
        flow.Reader.Gap(from, new StreamGap(GapKind.JoinedMidway, 0, mark));
    }

    private void Repeated(TcpTracker flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        half.Retransmissions++;
        half.NoteRepeated(end, packet.Mark);
        if (Differs(flow, from, start, packet.Payload) || waiting?.Differs(start, packet.Payload) == true)
        {
            Conflict(flow, from, end - start, in packet, limits);
            return;
        }

        flow.Note(TcpEventKind.Retransmission, from, in packet, end - start, limits);
    }

    private static void Conflict(TcpTracker flow, Direction from, long length, in Packet packet, AnalyzerLimits limits) =>
        flow.Note(TcpEventKind.ConflictingOverlap, from, in packet, length, limits);
}
