using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// One direction of a TCP connection: puts its bytes in order (RFC 9293 section 3.10.7.4) and counts what happened to
/// them. Positions are 64-bit and do not wrap; see <see cref="SequenceNumber.Lift"/>. Of bytes sent twice the first
/// ones win. Once the reader is satisfied, bytes are only counted.
/// </summary>
public sealed class HalfStream : HalfFlow
{
    private OutOfOrderQueue? waiting;
    private readonly RecentBytes recent = new();
    private RecentSegments recentSegments;
    private Scoreboard scoreboard;
    private long next;
    private long acknowledged;
    private long finPosition = long.MaxValue;
    private long resetAt = -1;
    private bool satisfied;
    private bool toldMidway;

    private long holeSeenAt = -1;
    private Timestamp holeSeenSince;
    private int holePackets;

    // After the reader is satisfied one hole is watched, so that a reordered segment is not counted as repeated.
    private long countedHoleStart;
    private long countedHoleEnd;
    private long countedHoleLeft;

    private StreamClock clock;

    private long strayEnd = -1;
    private int strays;

    /// <summary>The maximum segment size that this side's SYN offers, in bytes; 0 where unknown.</summary>
    public int MaximumSegmentSize { get; internal set; }

    /// <summary>The frame of the FIN.</summary>
    public FrameMark Fin { get; internal set; }

    /// <summary>The frame of the RST.</summary>
    public FrameMark Rst { get; internal set; }

    /// <summary>
    /// True where the beginning of this direction's bytes is unknown: neither its SYN was seen nor a SYN-ACK that names
    /// its first byte.
    /// </summary>
    public bool JoinedMidway { get; internal set; }

    /// <summary>True once the position of this direction's bytes is known.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>True once its SYN (or SYN-ACK) was seen.</summary>
    internal bool HasSyn { get; set; }

    /// <summary>True while the window that this side last offered is 0.</summary>
    internal bool IsWindowClosed { get; set; }

    /// <summary>The position of the first byte.</summary>
    internal long Start { get; private set; }

    /// <summary>The position after the last byte that was put in order.</summary>
    internal long Next => next;

    /// <summary>The position up to which the peer has acknowledged.</summary>
    internal long Acknowledged => acknowledged;

    /// <summary>The position after the FIN; <see cref="long.MaxValue"/> where none was seen.</summary>
    internal long FinPosition => finPosition;

    /// <summary>
    /// True where the peer has acknowledged more than the capture holds of this direction, its own RST stands behind more, or the peer's RST
    /// answers more: a byte or a FIN was not captured.
    /// </summary>
    internal bool IsAcknowledgedBeyondCapture => HasBegun && (Math.Max(acknowledged, resetAt) > next || HasUncapturedEnd) && finPosition == long.MaxValue;

    /// <summary>True where the peer, which had closed, answered a segment of this direction that was not captured.</summary>
    internal bool HasUncapturedEnd { get; set; }

    /// <summary>What of it was lost on the path; null where nothing shows a loss. Known once the flow is over.</summary>
    public PathLoss? Loss { get; private set; }

    /// <summary>What its receiver said that it has.</summary>
    internal ref readonly Scoreboard Scoreboard => ref scoreboard;

    /// <summary>The position after the last byte that the sender's own numbers say was sent; a FIN's number is no byte.</summary>
    internal long SentBytesUntil => Math.Min(scoreboard.SentUntil, finPosition == long.MaxValue ? long.MaxValue : finPosition - 1);

    /// <summary>True where the capture lacks bytes of it, or the peer acknowledged what was not captured.</summary>
    internal bool LacksBytes => MissingBytes > 0 || WaitingSegments > 0 || IsAcknowledgedBeyondCapture || (HasBegun && SentBytesUntil > next);

    /// <summary>True where the peer acknowledged nothing more although bytes were sent at least three times over more than a second.</summary>
    internal bool IsGivenUpBy(Timestamp seenUntil) =>
        next > acknowledged && scoreboard.Repeats >= 2 && seenUntil - scoreboard.FirstRepeat.Time >= Duration.FromSeconds(1);

    /// <summary>True once bytes of it were seen or its first number was acknowledged by data: it cannot begin elsewhere any more.</summary>
    internal bool IsInUse => next > Start || WaitingSegments > 0 || acknowledged > Start || FirstPayload.IsSet;

    /// <summary>The first frame behind bytes that were not captured; null where none waits.</summary>
    internal FrameMark? FirstMissing => waiting is { Count: > 0 } ? waiting.FirstMark : null;

    /// <summary>Captured bytes that wait out of order.</summary>
    internal int WaitingBytes => waiting?.Bytes ?? 0;

    /// <summary>Pieces that wait out of order.</summary>
    internal int WaitingSegments => waiting?.Count ?? 0;

    /// <summary>Says where the bytes begin. The offset keeps positions positive: 2^32 is sequence number 0.</summary>
    internal void Begin(uint firstSequence)
    {
        HasBegun = true;
        Start = next = acknowledged = (1L << 32) + firstSequence;
        scoreboard.Begin(Start);
    }

    /// <summary>The position that a sequence number of this direction, or the peer's acknowledgment of it, means.</summary>
    internal long PositionOf(uint sequence) => SequenceNumber.Lift(next, sequence);

    /// <summary>
    /// True where a segment may belong to the stream: it does not end before its first byte and does not start further
    /// than <see cref="Reach"/> beyond what is known. A stream that goes on out there, three segments in a row, is
    /// believed: the capture lost what was between.
    /// </summary>
    internal bool IsInReach(long start, long end)
    {
        if (end < Start - 1) return false;
        if (start <= Math.Max(next, acknowledged) + Reach)
        {
            strays = 0;
            return true;
        }

        if (end == start) return false;
        strays = start == strayEnd ? strays + 1 : 1;
        strayEnd = end;
        return strays >= StraysToBelieve;
    }

    /// <summary>
    /// True where the frame was captured twice. Other bytes under the same headers are no copy: they are told as a conflict.
    /// </summary>
    internal bool IsCopy(in Packet packet) =>
        recentSegments.IsCopy(in packet) && !(HasBegun && recent.Differs(PositionOf(packet.Sequence), packet.Payload));

    /// <summary>True where the frame of a bare acknowledgment was captured twice.</summary>
    internal bool IsCopyOfAck(in Packet packet) => recentSegments.IsCopyOfAck(in packet);

    /// <summary>Notes what the peer has acknowledged.</summary>
    internal void Acknowledge(in Packet packet)
    {
        var position = PositionOf(packet.Acknowledgment);
        var hasMoved = position > acknowledged && position <= Math.Max(next, acknowledged) + Reach;
        if (hasMoved) acknowledged = position;
        if (!satisfied) scoreboard.Heard(in packet, acknowledged, position == acknowledged, hasMoved);
    }

    /// <summary>Notes a RST of this side: its number follows the last byte that was sent (RFC 9293 section 3.10.4), whether that was captured or not.</summary>
    internal void ResetAt(long position)
    {
        if (HasBegun && position <= Math.Max(next, acknowledged) + Reach) resetAt = position;
    }

    /// <summary>When everything in front of the FIN could be read; a FIN that overtook data ends nothing before it came.</summary>
    internal FrameMark FinInOrder => clock.After(Fin);

    /// <summary>Notes how far the sender had come by its own number.</summary>
    internal void Sent(long end, FrameMark mark) => scoreboard.Sent(end, mark);

    /// <summary>Notes a FIN behind the byte before <paramref name="position"/>; false where it is a repetition, or behind bytes that followed it.</summary>
    internal bool Finish(long position)
    {
        if (finPosition != long.MaxValue || position < next) return false;
        finPosition = position + 1;
        return true;
    }

    /// <summary>Takes the payload of a segment that begins at <paramref name="start"/>.</summary>
    internal void Take(TcpFlow flow, Direction from, long start, in Packet packet, AnalyzerLimits limits)
    {
        var end = start + Math.Max(packet.PayloadLength, packet.Payload.Length);
        if (end <= Start || start >= finPosition) return;
        if (!satisfied && (flow.Reader is null || flow.Reader.IsSatisfied(from))) StopAssembling();
        if (satisfied) Count(flow, from, start, end, in packet, limits);
        else Assemble(flow, from, start, end, in packet, limits);
    }

    /// <summary>
    /// Gives up a hole that the peer has acknowledged: the receiver has those bytes, so they will not be sent again, and
    /// a capture from several receive queues swaps an acknowledgment and its data by a few frames only. Called after
    /// every segment of the flow.
    /// </summary>
    internal void Settle(TcpFlow flow, Direction from, FrameMark now, AnalyzerLimits limits)
    {
        if (satisfied || !HasAcknowledgedHole)
        {
            holeSeenAt = -1;
            return;
        }

        if (holeSeenAt != next)
        {
            (holeSeenAt, holeSeenSince, holePackets) = (next, now.Time, 0);
            return;
        }

        if (++holePackets < HolePackets && now.Time - holeSeenSince < HoleTime) return;
        if (flow.Reader is null || flow.Reader.IsSatisfied(from)) StopAssembling();
        else DeclareGap(flow, from, Math.Min(AcknowledgedEnd, FirstWaiting), GapKind.NotCaptured, now, limits);
        holeSeenAt = -1;
    }

    /// <summary>The flow is over: sees what was lost on the path, before <see cref="Close"/> takes what waits for delivered.</summary>
    internal void FindLoss(TcpFlow flow, Direction from) => Loss = satisfied ? null : PathLoss.Of(flow, from);

    /// <summary>The flow is over: what waits is delivered, with the holes between said.</summary>
    internal void Close(TcpFlow flow, Direction from, AnalyzerLimits limits)
    {
        if (!satisfied && (flow.Reader is null || flow.Reader.IsSatisfied(from))) StopAssembling();
        MissingBytes += countedHoleLeft;
        countedHoleLeft = 0;
        if (!satisfied)
        {
            while (waiting is { Count: > 0 }) CloseGap(flow, from, waiting.FirstStart, limits);
            var end = finPosition != long.MaxValue ? finPosition - 1 : HasAcknowledgedHole ? AcknowledgedEnd : next;

            // One number more may be that of a FIN.
            var sent = Math.Max(resetAt, SentBytesUntil);
            if (finPosition == long.MaxValue && sent > Math.Max(end, next) + 1) end = sent;
            if (end > next) CloseGap(flow, from, end, limits);
        }

        ForgetRecent();
        waiting = null;
    }

    /// <summary>The frames that carried bytes of a stretch that was never acknowledged, in order, as far as they are remembered.</summary>
    internal IReadOnlyList<long> UndeliveredFrames(TcpFlow flow, Direction from, long start, long end)
    {
        var frames = new SortedSet<long>();
        foreach (var segment in scoreboard.Unacknowledged)
        {
            if (segment.Start < end && segment.End > start) frames.Add(segment.Frame);
        }

        foreach (var what in flow.Events)
        {
            if (what.Kind == TcpEventKind.Retransmission && what.From == from && scoreboard.Repeats > 0 && what.Mark.Frame >= scoreboard.FirstRepeat.Frame) frames.Add(what.Mark.Frame);
        }

        return [.. frames];
    }

    private void CloseGap(TcpFlow flow, Direction from, long end, AnalyzerLimits limits)
    {
        if (Loss is { } loss && loss.Start <= next && end <= loss.End) DeclareGap(flow, from, end, GapKind.LostOnPath, loss.Mark, limits);
        else DeclareGap(flow, from, end, GapKind.NotCaptured, flow.Last, limits);
    }

    /// <summary>Gives back what was kept to notice conflicting repetitions: the connection is past its handshake, or over.</summary>
    internal void ForgetRecent() => recent.Clear();

    /// <inheritdoc/>
    internal override void Renew()
    {
        base.Renew();
        recent.Clear();
        (waiting, recentSegments, satisfied, toldMidway) = (null, default, false, false);
        (scoreboard, Loss) = (default, null);
        (Start, next, acknowledged, finPosition, resetAt) = (0, 0, 0, long.MaxValue, -1);
        (holeSeenAt, holeSeenSince, holePackets) = (-1, default, 0);
        (countedHoleStart, countedHoleEnd, countedHoleLeft) = (0, 0, 0);
        (strayEnd, strays, clock) = (-1, 0, default);
        (MaximumSegmentSize, Fin, Rst) = (0, default, default);
        (JoinedMidway, HasBegun, HasSyn, IsWindowClosed, HasUncapturedEnd) = (false, false, false, false, false);
    }

    private long FirstWaiting => waiting?.FirstStart ?? long.MaxValue;

    /// <summary>Where the acknowledged bytes end; a FIN's own number is no byte.</summary>
    private long AcknowledgedEnd => acknowledged >= finPosition ? finPosition - 1 : acknowledged;

    /// <summary>A single acknowledged number at the end is more likely a FIN that was not captured than a byte.</summary>
    private bool HasAcknowledgedHole =>
        acknowledged > next && AcknowledgedEnd > next && (acknowledged > next + 1 || FirstWaiting != long.MaxValue);

    private void Assemble(TcpFlow flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        if (end > Math.Max(next, acknowledged)) scoreboard.Captured(start, end, packet.Mark);
        while (true)
        {
            if (end <= next)
            {
                Repeated(flow, from, start, end, in packet, limits);
                return;
            }

            if (start <= next)
            {
                InOrder(flow, from, start, end, in packet, limits);
                return;
            }

            if (strays >= StraysToBelieve)
            {
                strays = 0;
                DeclareGap(flow, from, Math.Min(start, FirstWaiting), GapKind.NotCaptured, packet.Mark, limits);
                continue;
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

            var hole = Math.Min(start, waiting.FirstStart);
            DeclareGap(flow, from, hole, acknowledged >= hole ? GapKind.NotCaptured : GapKind.CapReached, packet.Mark, limits);
        }
    }

    private void InOrder(TcpFlow flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        var payload = packet.Payload;
        if ((start < next && recent.Differs(start, payload)) || waiting?.Differs(start, payload) == true)
        {
            Conflict(flow, from, end - start, in packet, limits);
        }

        while (next < end)
        {
            if (FirstWaiting == next)
            {
                DeliverWaiting(flow, from, limits);
                continue;
            }

            var offset = (int)(next - start);
            var stop = Math.Min(end, FirstWaiting);
            var captured = Math.Min(payload.Length, (int)(stop - start));
            Deliver(flow, from, offset < captured ? payload[offset..captured] : default, stop, packet.Mark, limits);
        }

        while (FirstWaiting == next) DeliverWaiting(flow, from, limits);
    }

    private void DeliverWaiting(TcpFlow flow, Direction from, AnalyzerLimits limits)
    {
        var first = waiting!.RemoveFirst();
        Deliver(flow, from, first.Bytes, first.End, first.Mark, limits);
    }

    /// <summary>Hands on the next bytes; what is missing of them up to <paramref name="end"/> was cut off by the snap length.</summary>
    private void Deliver(TcpFlow flow, Direction from, ReadOnlySpan<byte> bytes, long end, FrameMark mark, AnalyzerLimits limits)
    {
        TellMidway(flow, from, mark);
        if (!FirstPayload.IsSet) FirstPayload = mark;
        if (!bytes.IsEmpty)
        {
            if (Delivered < RecentBytes.Capacity) recent.Append(next, bytes);
            next += bytes.Length;
            Delivered += bytes.Length;
            flow.Reader!.Bytes(from, bytes, clock.Advance(mark));
        }

        if (end <= next) return;
        CutBytes += end - next;
        Miss(flow, from, end, GapKind.CutShort, mark, limits);
    }

    private void DeclareGap(TcpFlow flow, Direction from, long end, GapKind kind, FrameMark mark, AnalyzerLimits limits)
    {
        TellMidway(flow, from, mark);
        Miss(flow, from, end, kind, mark, limits);
        while (FirstWaiting == next) DeliverWaiting(flow, from, limits);
    }

    private void Miss(TcpFlow flow, Direction from, long end, GapKind kind, FrameMark mark, AnalyzerLimits limits)
    {
        var length = end - next;
        next = end;
        MissingBytes += length;
        flow.Note(new TcpEvent(TcpEventKind.Gap, from, mark, length, Gap: kind), limits);
        flow.Reader!.Gap(from, new StreamGap(kind, length, mark));
    }

    private void TellMidway(TcpFlow flow, Direction from, FrameMark mark)
    {
        if (toldMidway || !JoinedMidway) return;
        toldMidway = true;
        flow.Reader!.Gap(from, new StreamGap(GapKind.JoinedMidway, 0, mark));
    }

    private void Repeated(TcpFlow flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        Retransmissions++;
        if (end > acknowledged) scoreboard.Repeated(packet.Mark);
        if (recent.Differs(start, packet.Payload) || waiting?.Differs(start, packet.Payload) == true)
        {
            Conflict(flow, from, end - start, in packet, limits);
            return;
        }

        flow.Note(TcpEventKind.Retransmission, from, in packet, end - start, limits);
    }

    private static void Conflict(TcpFlow flow, Direction from, long length, in Packet packet, AnalyzerLimits limits) =>
        flow.Note(TcpEventKind.ConflictingOverlap, from, in packet, length, limits);

    private void StopAssembling()
    {
        satisfied = true;
        ForgetRecent();
        if (waiting is { Count: > 0 })
        {
            var bytes = waiting.WireBytes;
            (countedHoleStart, countedHoleEnd) = (next, waiting.FirstStart);
            countedHoleLeft = countedHoleEnd - countedHoleStart;
            MissingBytes += waiting.LastEnd - waiting.FirstStart - bytes;
            Delivered += bytes;
            next = waiting.LastEnd;
        }

        waiting = null;
    }

    private void Count(TcpFlow flow, Direction from, long start, long end, in Packet packet, AnalyzerLimits limits)
    {
        if (!FirstPayload.IsSet) FirstPayload = packet.Mark;
        strays = 0;
        if (end <= next)
        {
            if (FillsCountedHole(start, end)) return;
            Retransmissions++;
            flow.Note(TcpEventKind.Retransmission, from, in packet, end - start, limits);
            return;
        }

        if (start > next)
        {
            MissingBytes += countedHoleLeft;
            (countedHoleStart, countedHoleEnd, countedHoleLeft) = (next, start, start - next);
            next = start;
        }

        var cut = Math.Max(0, end - Math.Max(next, start + packet.Payload.Length));
        Delivered += end - next - cut;
        CutBytes += cut;
        MissingBytes += cut;
        next = end;
    }

    private bool FillsCountedHole(long start, long end)
    {
        var filled = Math.Min(countedHoleLeft, Math.Min(end, countedHoleEnd) - Math.Max(start, countedHoleStart));
        if (filled <= 0) return false;
        countedHoleLeft -= filled;
        Delivered += filled;
        return true;
    }

    /// <summary>Bytes beyond what is known that a segment may start at: far above any handshake flight, far below half the number space.</summary>
    internal const long Reach = 1024 * 1024;

    /// <summary>Segments of the flow after which an acknowledged hole is given up: half of the 64 frames that a network card hands over in one go.</summary>
    internal const int HolePackets = 32;

    /// <summary>Capture time after which an acknowledged hole is given up, at the next segment of the flow.</summary>
    private static readonly Duration HoleTime = Duration.FromMilliseconds(100);

    private const int StraysToBelieve = 3;
}
