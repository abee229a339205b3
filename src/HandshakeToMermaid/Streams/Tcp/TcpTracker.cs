using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// The state of one open TCP connection, the transmission control block of its observer (RFC 9293 section 3.3.1). The flow table uses these
/// objects over and over; what leaves the room is a <see cref="RecordedTcpFlow"/>.
/// </summary>
internal sealed class TcpTracker
{
    private readonly List<TcpEvent> events = new(6);
    private readonly TcpHandshake decryption;
    private bool isOver;

    // Added up again when bytes or events came; 0 where it must be. Most acknowledgments change nothing of it.
    private int room;

    /// <summary>A tracker that follows no connection yet.</summary>
    public TcpTracker() => decryption = new TcpHandshake(this);

    /// <summary>The connection that it follows.</summary>
    public TcpFlow Flow { get; private set; } = null!;

    /// <summary>Begins to follow a connection of which nothing was seen yet.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="limits">The caps.</param>
    /// <param name="listener">Chooses what is recorded beyond <see cref="AnalyzerLimits.RecordedBytes"/>; null to record no more.</param>
    public void Begin(TcpFlow flow, AnalyzerLimits limits, ITcpFlowListener? listener)
    {
        Flow = flow;
        Reader.Begin(flow, limits.RecordedBytes, listener);
        Forward.Reset();
        Reverse.Reset();
        events.Clear();
        decryption.Renew();
        (isOver, HasBothFins, room) = (false, false, 0);
        (Last, LastActive) = (flow.First, flow.First.Time);
        (Syn, SynAck, Ack) = (default, default, default);
        (End, EndedBy) = (TcpEnd.Open, default);
        (RejectedSegments, FirstRejected) = (0, default);
        (HasIcmp, EventsDropped) = (false, 0);
    }

    /// <summary>Follows its connection no more.</summary>
    public void Leave() => Flow = null!;

    /// <summary>The last frame.</summary>
    public FrameMark Last { get; private set; }

    /// <summary>The latest time of its frames; frames may be captured out of order.</summary>
    public Timestamp LastActive { get; private set; }

    /// <summary>How it ended: what the first FIN or RST was.</summary>
    public TcpEnd End { get; set; }

    /// <summary>Who ended it: the sender of the first FIN or RST.</summary>
    public Direction EndedBy { get; set; }

    /// <summary>Records the bytes.</summary>
    public StreamRecorder Reader { get; } = new();

    /// <summary>The frame of the first SYN.</summary>
    public FrameMark Syn { get; internal set; }

    /// <summary>The frame of the first SYN-ACK.</summary>
    public FrameMark SynAck { get; internal set; }

    /// <summary>The frame of the ACK that completed the handshake.</summary>
    public FrameMark Ack { get; internal set; }

    /// <summary>
    /// What happened, in capture order, at most <see cref="AnalyzerLimits.EventsPerFlow"/> of them. The last few places
    /// are reserved for handshake, FIN, RST and ICMP, so that many retransmissions do not hide how it ended.
    /// </summary>
    public IReadOnlyList<TcpEvent> Events => events;

    /// <summary>True where the client acknowledges a SYN-ACK that the capture does not hold.</summary>
    public bool LacksSynAck => Syn.IsSet && !SynAck.IsSet && decryption.HasEarlyAck;

    /// <summary>True where an ICMP error quoted one of its packets.</summary>
    public bool HasIcmp { get; private set; }

    /// <summary>Segments whose numbers do not belong to the connection, as its receiver would see it (RFC 9293 section 3.4): they were left out.</summary>
    public long RejectedSegments { get; private set; }

    /// <summary>The first of them.</summary>
    public FrameMark FirstRejected { get; private set; }

    /// <summary>How many events were dropped.</summary>
    public long EventsDropped { get; private set; }

    /// <summary>The bytes sent by the initiator.</summary>
    public HalfStream Forward { get; } = new();

    /// <summary>The bytes sent by the responder.</summary>
    public HalfStream Reverse { get; } = new();

    /// <summary>The half of one direction.</summary>
    public HalfStream this[Direction direction] => direction == Direction.Forward ? Forward : Reverse;

    /// <summary>True once nothing more is to come: a RST, or FIN and its acknowledgment both ways.</summary>
    public bool IsOver => isOver;

    /// <summary>True once both sides have no more data.</summary>
    internal bool HasBothFins { get; private set; }

    /// <summary>
    /// True where a SYN cannot belong to this connection and opens another one on the same endpoints. A repeated SYN
    /// has the same sequence number. A stray SYN-ACK on a connection that goes on opens none.
    /// </summary>
    internal bool IsReplacedBy(in Packet packet, Direction from)
    {
        var half = this[from];
        if (half.HasBegun && unchecked((uint)half.Start) == unchecked(packet.Sequence + 1)) return false;
        if ((packet.Flags & TcpFlags.Ack) != 0) return IsOver && !(decryption.AcknowledgesSyn(in packet, from) && !half.HasBegun);
        var simultaneousOpen = !half.HasBegun && !IsOver && !SynAck.IsSet && this[from.Opposite()].HasSyn;
        return !simultaneousOpen;
    }

    /// <summary>True where the numbers of a segment that came by another way than those before are those of this connection.</summary>
    internal bool Owns(in Packet packet, Direction from) => SegmentOwnership.Is(this, in packet, from);

    /// <summary>Takes a segment.</summary>
    internal void Take(in Packet packet, Direction from, AnalyzerLimits limits)
    {
        var before = LastActive;
        Touch(packet.Mark);
        var half = this[from];
        var peer = this[from.Opposite()];
        var flags = packet.Flags;
        var isBareAck = packet.PayloadLength == 0 && packet.Payload.IsEmpty && (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == 0;
        if (!isBareAck) room = 0;
        if (isBareAck ? half.IsCopyOfAck(in packet) : half.IsCopy(this, from, in packet)) return;
        if (half.Packets++ == 0) half.TimeToLive = packet.TimeToLive;
        if ((flags & TcpFlags.Rst) != 0)
        {
            Reset(in packet, from, before, limits);
            return;
        }

        var isSyn = (flags & TcpFlags.Syn) != 0;
        if (isSyn && !decryption.Synchronize(in packet, from, limits)) return;
        if (!half.HasBegun && !decryption.TryJoinMidway(in packet, half, peer)) return;

        var length = Math.Max(packet.PayloadLength, packet.Payload.Length);
        var start = half.PositionOf(isSyn ? unchecked(packet.Sequence + 1) : packet.Sequence);
        if (!half.IsInReach(start, start + length))
        {
            if (length > 0) Reject(in packet);
            return;
        }

        half.Sent(start + length, packet.Mark);
        if ((flags & TcpFlags.Ack) != 0) Acknowledge(in packet, from, peer, isSyn, limits);
        if (!isSyn) WatchWindow(in packet, from, half, limits);

        if (IsKeepAlive(flags, start, length, half)) Note(TcpEventKind.KeepAlive, from, in packet, length, limits);
        else if (length > 0) half.Take(this, from, start, in packet, limits);
        if ((flags & TcpFlags.Fin) != 0 && !isSyn) Finish(in packet, from, start + length, length, limits);

        if (half.Settle(this, from, packet.Mark, limits) | peer.Settle(this, from.Opposite(), packet.Mark, limits)) room = 0;
        if (isOver || !HasBothFins) return;
        isOver = Forward.Acknowledged >= Forward.FinPosition && Reverse.Acknowledged >= Reverse.FinPosition;
    }

    /// <summary>Takes an ICMP error that quotes a segment of this flow; one whose quoted number lies outside the stream is not believed.</summary>
    internal void TakeIcmp(in Packet packet, AnalyzerLimits limits)
    {
        var from = Flow.DirectionOf(in packet);
        var half = this[from];
        var position = half.PositionOf(packet.Sequence);
        if (half.HasBegun && !half.IsInReach(position, position)) return;
        if (IsIcmpCopy(in packet)) return;
        Touch(packet.Mark);
        HasIcmp = true;
        var quoted = half.HasBegun ? half.Scoreboard.FrameOf(position) : 0;
        Note(new TcpEvent(TcpEventKind.Icmp, from, packet.Mark, 0, TcpFlags.None, packet.TimeToLive, packet.Identification, Report: new IcmpReport(packet.Icmp, packet.IcmpSender, quoted)), limits);
    }

    /// <summary>True where the frame of an ICMP error was captured twice: a router waits between two about the same packet.</summary>
    private bool IsIcmpCopy(in Packet packet)
    {
        for (var i = events.Count - 1; i >= 0 && HasIcmp; i--)
        {
            var what = events[i];
            if (packet.Mark.Time - what.Mark.Time > SameFrame) return false;
            if (what.Kind == TcpEventKind.Icmp && what.Icmp == packet.Icmp && what.IcmpSender == packet.IcmpSender && what.Identification == packet.Identification) return true;
        }

        return false;
    }

    /// <summary>The flow is over: records what is left, and sees what was lost on the path.</summary>
    public void Close(AnalyzerLimits limits)
    {
        Forward.FindLoss(this, Direction.Forward);
        Reverse.FindLoss(this, Direction.Reverse);
        Forward.Close(this, Direction.Forward, limits);
        Reverse.Close(this, Direction.Reverse, limits);
    }

    /// <summary>The flow is given up without a record: frees what it holds.</summary>
    public void Drop()
    {
        StreamRecording.Return(Reader.Take());
        Forward.Reset();
        Reverse.Reset();
    }

    /// <summary>Bytes of memory that it takes, by estimate: a function of the packets alone.</summary>
    public int Room => room != 0 ? room : room = FixedRoom + (events.Count * EventRoom) + Reader.Room + Forward.WaitingRoom + Reverse.WaitingRoom;

    /// <summary>The events so far, in an array of its own.</summary>
    public TcpEvent[] CopyEvents() => [.. events];

    /// <summary>See <see cref="RecordedTcpHalf.UnacknowledgedFrames"/>.</summary>
    public IReadOnlyList<long> UnacknowledgedFrames(Direction from, Timestamp seenUntil)
    {
        var half = this[from];
        return half.IsGivenUpBy(seenUntil) ? PathLoss.SendingsOf(this, from, half.Acknowledged, half.Next) : [];
    }

    internal void Note(TcpEventKind kind, Direction from, in Packet packet, long value, AnalyzerLimits limits) =>
        Note(new TcpEvent(kind, from, packet.Mark, value, packet.Flags, packet.TimeToLive, packet.Identification), limits);

    internal void Note(in TcpEvent what, AnalyzerLimits limits)
    {
        room = 0;
        var reserved = what.Kind is TcpEventKind.Retransmission or TcpEventKind.KeepAlive or TcpEventKind.ZeroWindow
            or TcpEventKind.Gap or TcpEventKind.ConflictingOverlap ? Math.Min(ReservedEvents, limits.EventsPerFlow / 2) : 0;
        if (events.Count < limits.EventsPerFlow - reserved) events.Add(what);
        else EventsDropped++;
    }

    /// <summary>Notes a segment that is left out; false, so that who takes segments can end with it.</summary>
    internal bool Reject(in Packet packet)
    {
        if (RejectedSegments++ == 0) FirstRejected = packet.Mark;
        return false;
    }

    private void Touch(FrameMark mark)
    {
        Last = mark;
        if (mark.Time > LastActive) LastActive = mark.Time;
    }

    private void Acknowledge(in Packet packet, Direction from, HalfStream peer, bool isSyn, AnalyzerLimits limits)
    {
        if (!Ack.IsSet) decryption.RestoreSuperseded(in packet, from, peer);
        if (peer.HasBegun) peer.Acknowledge(in packet);
        if (!isSyn && !Ack.IsSet) decryption.Acknowledge(in packet, from, peer, limits);
    }

    private void WatchWindow(in Packet packet, Direction from, HalfStream half, AnalyzerLimits limits)
    {
        var isClosed = packet.Window == 0;
        if (isClosed && !half.IsWindowClosed) Note(TcpEventKind.ZeroWindow, from, in packet, 0, limits);
        half.IsWindowClosed = isClosed;
    }

    /// <summary>A probe of RFC 9293 section 3.8.4: the number before the next one, with one byte of garbage or none.</summary>
    private bool IsKeepAlive(TcpFlags flags, long start, int length, HalfStream half) =>
        length <= 1 && start == half.Next - 1 && (flags & (TcpFlags.Syn | TcpFlags.Fin)) == 0 && (Ack.IsSet || half.JoinedMidway)
        && half.FinPosition == long.MaxValue;

    private void Finish(in Packet packet, Direction from, long position, int length, AnalyzerLimits limits)
    {
        var half = this[from];
        if (!half.Finish(position))
        {
            if (length == 0) half.Retransmissions++;
            return;
        }

        half.Fin = packet.Mark;
        HasBothFins = Forward.Fin.IsSet && Reverse.Fin.IsSet;
        if (End == TcpEnd.Open) (End, EndedBy) = (TcpEnd.Fin, from);
        Note(TcpEventKind.Fin, from, in packet, 0, limits);
    }

    private void Reset(in Packet packet, Direction from, Timestamp before, AnalyzerLimits limits)
    {
        if (!TcpReset.IsBelievable(this, in packet, from)) return;
        var half = this[from];
        var peer = this[from.Opposite()];
        // What something on the path injects guesses its numbers, and has come another number of hops.
        var isOwn = packet.TimeToLive == half.TimeToLive;
        if (isOwn)
        {
            if (!half.HasBegun) decryption.BeginBefore(packet.Sequence, half);
            half.ResetAt(half.PositionOf(packet.Sequence));
            // Of several only the first shows by its time what it answers; each shows it by its number.
            if (TcpReset.AnswersUncaptured(this, in packet, half, half.Rst.IsSet ? packet.Mark.Time : before)) peer.HasUncapturedEnd = true;
        }

        if (!half.Rst.IsSet) half.Rst = packet.Mark;
        if (isOwn && (packet.Flags & TcpFlags.Ack) != 0 && peer.HasBegun) peer.Acknowledge(in packet);
        if (End == TcpEnd.Open) (End, EndedBy) = (TcpEnd.Rst, from);
        isOver = true;
        Note(TcpEventKind.Rst, from, in packet, 0, limits);
    }

    /// <summary>Within this time the same headers are the same frame.</summary>
    private static readonly Duration SameFrame = Duration.FromMilliseconds(1);

    /// <summary>The tracker with both directions, the flow and its entries in tables, in bytes, and what the collector keeps free beside them: measured.</summary>
    private const int FixedRoom = 3840;

    private const int EventRoom = 40;

    /// <summary>Event slots reserved for the establishment and the end of the connection.</summary>
    private const int ReservedEvents = 8;
}
