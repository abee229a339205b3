using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// One direction of a TCP connection: how far it came, what its peer acknowledged and how it ended. Positions are 64-bit and do not wrap; see
/// <see cref="SequenceNumber.Lift"/>. Its bytes are put in order by a <see cref="StreamReassembler"/> until the reader is satisfied; from
/// then on they are only counted.
/// </summary>
internal sealed class HalfStream : HalfCounters
{
    private readonly StreamReassembler reassembler;
    private RecentSegments recentSegments;
    private Scoreboard scoreboard;
    private AcknowledgedHole gap;
    private StraySegments strays;
    private PayloadCounter counter;
    private long finPosition = long.MaxValue;
    private long resetAt = -1;
    private bool isSatisfied;

    /// <summary>A direction of which nothing was seen yet.</summary>
    public HalfStream() => reassembler = new StreamReassembler(this);

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
    internal long Next { get; set; }

    /// <summary>The position up to which the peer has acknowledged.</summary>
    internal long Acknowledged { get; private set; }

    /// <summary>The position after the FIN; <see cref="long.MaxValue"/> where none was seen.</summary>
    internal long FinPosition => finPosition;

    /// <summary>
    /// True where the peer has acknowledged more than the capture holds of this direction, its own RST stands behind more, or the peer's RST
    /// answers more: a byte or a FIN was not captured.
    /// </summary>
    internal bool IsAcknowledgedBeyondCapture => HasBegun && (Math.Max(Acknowledged, resetAt) > Next || HasUncapturedEnd) && finPosition == long.MaxValue;

    /// <summary>True where the peer, which had closed, answered a segment of this direction that was not captured.</summary>
    internal bool HasUncapturedEnd { get; set; }

    /// <summary>The bytes lost on the path; null if there is no evidence of loss. Set once the flow is over.</summary>
    public PathLoss? Loss { get; private set; }

    /// <summary>What its receiver has acknowledged, cumulatively and selectively.</summary>
    internal ref readonly Scoreboard Scoreboard => ref scoreboard;

    /// <summary>The position after the last byte sent according to the sender's sequence numbers; a FIN's number is not a byte.</summary>
    internal long SentBytesUntil => Math.Min(scoreboard.SentUntil, finPosition == long.MaxValue ? long.MaxValue : finPosition - 1);

    /// <summary>True where the capture lacks bytes of it, or the peer acknowledged what was not captured.</summary>
    internal bool LacksBytes => MissingBytes > 0 || WaitingSegments > 0 || IsAcknowledgedBeyondCapture || (HasBegun && SentBytesUntil > Next);

    /// <summary>True where the peer acknowledged nothing more although bytes were sent at least three times over more than a second.</summary>
    internal bool IsGivenUpBy(Timestamp seenUntil) =>
        Next > Acknowledged && scoreboard.Repeats >= 2 && seenUntil - scoreboard.FirstRepeat.Time >= Duration.FromSeconds(1);

    /// <summary>True once bytes of it were seen or its first number was acknowledged by data: it cannot begin elsewhere any more.</summary>
    internal bool IsInUse => Next > Start || WaitingSegments > 0 || Acknowledged > Start || FirstPayload.IsSet;

    /// <summary>The first frame behind bytes that were not captured; null where none waits.</summary>
    internal FrameMark? FirstMissing => reassembler.FirstMissing;

    /// <summary>Captured bytes that wait out of order.</summary>
    internal int WaitingBytes => reassembler.WaitingBytes;

    /// <summary>Bytes of memory that those take, by estimate: twice their number, because the collector frees what no longer waits late.</summary>
    internal int WaitingRoom => 2 * (WaitingBytes + (WaitingSegments * PieceRoom));

    /// <summary>Pieces that wait out of order.</summary>
    internal int WaitingSegments => reassembler.WaitingSegments;

    /// <summary>Says where the bytes begin. The offset keeps positions positive: 2^32 is sequence number 0.</summary>
    internal void Begin(uint firstSequence)
    {
        HasBegun = true;
        Start = Next = Acknowledged = (1L << 32) + firstSequence;
        scoreboard.Begin(Start);
    }

    /// <summary>The position that a sequence number of this direction, or the peer's acknowledgment of it, means.</summary>
    internal long PositionOf(uint sequence) => SequenceNumber.Lift(Next, sequence);

    /// <summary>
    /// True where a segment may belong to the stream: it does not end before its first byte and does not start further
    /// than <see cref="Reach"/> beyond what is known, or is believed out there (<see cref="StraySegments"/>).
    /// </summary>
    internal bool IsInReach(long start, long end)
    {
        if (end < Start - 1) return false;
        if (start <= Math.Max(Next, Acknowledged) + Reach)
        {
            strays.Clear();
            return true;
        }

        if (end == start) return false;
        strays.Add(start, end);
        return strays.AreBelieved;
    }

    /// <summary>
    /// True where the frame was captured twice. Other bytes under the same headers are not a copy: they are reported as a conflict.
    /// </summary>
    internal bool IsCopy(TcpTracker flow, Direction from, in Packet packet) =>
        recentSegments.IsCopy(in packet) && !(HasBegun && reassembler.Differs(flow, from, PositionOf(packet.Sequence), packet.Payload));

    /// <summary>True where the frame of a bare acknowledgment was captured twice.</summary>
    internal bool IsCopyOfAck(in Packet packet) => recentSegments.IsCopyOfAck(in packet);

    /// <summary>Notes what the peer has acknowledged.</summary>
    internal void Acknowledge(in Packet packet)
    {
        var position = PositionOf(packet.Acknowledgment);
        var hasMoved = position > Acknowledged && position <= Math.Max(Next, Acknowledged) + Reach;
        if (hasMoved) Acknowledged = position;
        if (!isSatisfied) scoreboard.Heard(in packet, Acknowledged, position == Acknowledged, hasMoved);
    }

    /// <summary>
    /// Notes a RST of this side: its number follows the last byte that was sent (RFC 9293 section 3.10.4), whether that was captured or not. Of several,
    /// each answers another segment (section 3.10.7.1), and the last byte is the one before the highest.
    /// </summary>
    internal void ResetAt(long position)
    {
        if (HasBegun && position <= Math.Max(Next, Acknowledged) + Reach) resetAt = Math.Max(resetAt, position);
    }

    /// <summary>When everything in front of the FIN could be read; a FIN that overtook data ends nothing before it came.</summary>
    internal FrameMark FinInOrder => reassembler.After(Fin);

    /// <summary>Notes that bytes up to a position were sent again; what the peer has by then is no sign of a loss.</summary>
    internal void NoteRepeated(long end, FrameMark mark)
    {
        if (end > Acknowledged) scoreboard.Repeated(mark);
    }

    /// <summary>Notes how far the sender had come by its own number.</summary>
    internal void Sent(long end, FrameMark mark) => scoreboard.Sent(end, mark);

    /// <summary>Notes a FIN behind the byte before <paramref name="position"/>; false where it is a repetition, or behind bytes that followed it.</summary>
    internal bool Finish(long position)
    {
        if (finPosition != long.MaxValue || position < Next) return false;
        finPosition = position + 1;
        return true;
    }

    /// <summary>Takes the payload of a segment that begins at <paramref name="start"/>.</summary>
    internal void Take(TcpTracker flow, Direction from, long start, in Packet packet, AnalyzerLimits limits)
    {
        var end = start + Math.Max(packet.PayloadLength, packet.Payload.Length);
        if (end <= Start || start >= finPosition) return;
        if (!isSatisfied && IsReaderSatisfied(flow, from)) StopAssembling();
        if (isSatisfied)
        {
            strays.Clear();
            counter.Count(this, flow, from, start, end, in packet, limits);
            return;
        }

        if (end > Math.Max(Next, Acknowledged)) scoreboard.Captured(start, end, packet.Mark);
        if (strays.AreBelieved)
        {
            strays.Clear();
            reassembler.DeclareGap(flow, from, Math.Min(start, reassembler.FirstWaiting), GapKind.NotCaptured, packet.Mark, limits);
        }

        reassembler.Take(flow, from, start, end, in packet, limits);
    }

    /// <summary>Gives up a gap that the peer has acknowledged and that is not filled soon. Called after every segment of the flow.</summary>
    /// <returns>True where it did.</returns>
    internal bool Settle(TcpTracker flow, Direction from, FrameMark now, AnalyzerLimits limits)
    {
        var isGivenUp = !isSatisfied && HasAcknowledgedGap;
        if (isGivenUp)
        {
            if (!gap.IsGivenUp(Next, now)) return false;
            if (IsReaderSatisfied(flow, from)) StopAssembling();
            else reassembler.DeclareGap(flow, from, Math.Min(AcknowledgedEnd, reassembler.FirstWaiting), GapKind.NotCaptured, now, limits);
        }

        gap.Clear();
        return isGivenUp;
    }

    /// <summary>The flow is over: finds what was lost on the path, before <see cref="Close"/> delivers the buffered bytes.</summary>
    internal void FindLoss(TcpTracker flow, Direction from) => Loss = isSatisfied ? null : PathLoss.Of(flow, from);

    /// <summary>The flow is over: delivers the buffered bytes and reports the gaps between them.</summary>
    internal void Close(TcpTracker flow, Direction from, AnalyzerLimits limits)
    {
        if (!isSatisfied && IsReaderSatisfied(flow, from)) StopAssembling();
        MissingBytes += counter.Missing;
        counter = default;
        if (!isSatisfied)
        {
            while (reassembler.WaitingSegments > 0) CloseGap(flow, from, reassembler.FirstWaiting, limits);
            var end = finPosition != long.MaxValue ? finPosition - 1 : HasAcknowledgedGap ? AcknowledgedEnd : Next;

            // One number more may be that of a FIN.
            var sent = Math.Max(resetAt, SentBytesUntil);
            if (finPosition == long.MaxValue && sent > Math.Max(end, Next) + 1) end = sent;
            if (end > Next) CloseGap(flow, from, end, limits);
        }

        reassembler.Close();
    }

    private void CloseGap(TcpTracker flow, Direction from, long end, AnalyzerLimits limits)
    {
        if (Loss is { } loss && loss.Start <= Next && end <= loss.End) reassembler.DeclareGap(flow, from, end, GapKind.LostOnPath, loss.Mark, limits);
        else reassembler.DeclareGap(flow, from, end, GapKind.NotCaptured, flow.Last, limits);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        reassembler.Renew();
        (recentSegments, scoreboard, isSatisfied, Loss) = (default, default, false, null);
        (gap, strays, counter) = (default, default, default);
        (Start, Next, Acknowledged, finPosition, resetAt) = (0, 0, 0, long.MaxValue, -1);
        (MaximumSegmentSize, Fin, Rst) = (0, default, default);
        (JoinedMidway, HasBegun, HasSyn, IsWindowClosed, HasUncapturedEnd) = (false, false, false, false, false);
    }

    /// <summary>Where the acknowledged bytes end; a FIN's own number is no byte.</summary>
    private long AcknowledgedEnd => Acknowledged >= finPosition ? finPosition - 1 : Acknowledged;

    /// <summary>A single acknowledged number at the end is more likely a FIN that was not captured than a byte.</summary>
    private bool HasAcknowledgedGap =>
        Acknowledged > Next && AcknowledgedEnd > Next && (Acknowledged > Next + 1 || reassembler.FirstWaiting != long.MaxValue);

    private static bool IsReaderSatisfied(TcpTracker flow, Direction from) => flow.Reader.IsSatisfied(from);

    private void StopAssembling()
    {
        isSatisfied = true;
        counter.Begin(reassembler.Stop());
    }

    /// <summary>A piece's entry and the header of its array, in bytes.</summary>
    private const int PieceRoom = 96;

    /// <summary>Bytes beyond what is known that a segment may start at: far above any handshake flight, far below half the number space.</summary>
    internal const long Reach = 1024 * 1024;
}
