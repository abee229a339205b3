using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Sorts TCP segments into connections. A connection begins with a SYN, a SYN-ACK, or, where the capture joined midway,
/// the first segment that carries payload or a FIN: a lone RST or ACK shows no connection worth a row. It is closed
/// after its end and a linger, after a long silence, by a new SYN on the same endpoints, or when there are too many.
/// Each is reported to the listener once. Time is that of the capture.
/// <para>
/// A flow that carried nothing so far is embryonic: it is listed by its last packet, and while its SYN is all that was seen of it, it has no tracker. There
/// may be a flood of those, and they are the first to be given up. The others are found by their deadlines.
/// </para>
/// </summary>
internal sealed class TcpFlowTable
{
    private readonly AnalyzerLimits limits;
    private readonly ITcpFlowListener listener;
    private readonly OrdinalSource ordinals;
    private readonly FlowIndex<TcpFlow> index;
    private readonly TableMemory memory;
    private readonly FlowList embryonic = new();
    private readonly FlowDeadlines deadlines = new();
    private readonly RecentlyClosedFlows recentlyClosed = new();
    private readonly Stack<TcpTracker> spare = new();
    private readonly Duration idle;
    private readonly Duration linger;
    private readonly Queue<TcpFlow> lingering = new();
    private int openLingering;
    private Timestamp now = new(long.MinValue);

    /// <summary>An empty table that reports its flows to <paramref name="listener"/> and numbers them from <paramref name="ordinals"/>.</summary>
    public TcpFlowTable(AnalyzerLimits limits, ITcpFlowListener listener, OrdinalSource ordinals, TableMemory memory)
        : this(limits, listener, ordinals, memory, Random.Shared)
    {
    }

    /// <summary>The same with chosen hash keys: tests show that they do not matter.</summary>
    internal TcpFlowTable(AnalyzerLimits limits, ITcpFlowListener listener, OrdinalSource ordinals, TableMemory memory, Random random)
    {
        this.limits = limits;
        this.memory = memory;
        this.listener = listener;
        this.ordinals = ordinals;
        index = new FlowIndex<TcpFlow>(random);
        idle = Duration.FromSeconds(limits.IdleSeconds);
        linger = Duration.FromMilliseconds(limits.LingerMilliseconds);
    }

    /// <summary>Flows that are followed now.</summary>
    public int OpenFlows => embryonic.Count + deadlines.Count;

    /// <summary>Flows that were given up because too many were open, or held too much memory.</summary>
    public long Evicted { get; private set; }

    /// <summary>Those of them that were not reported either, because <see cref="AnalyzerLimits.EvictedRows"/> were before them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a TCP segment (<see cref="PacketKind.Tcp"/>) of the named capture; answers with its flow, null where it belongs to none.</summary>
    public TcpFlow? Add(in Packet packet, string capture)
    {
        Advance(packet.Mark.Time);
        var key = index.HashOf(in packet.Source, in packet.Destination);
        var flow = index.Find(key, in packet) ?? FromElsewhere(key, in packet);
        if (flow is { IsSynAlone: true }) Track(flow, hasHeldSyn: true);
        if (flow is not null && (packet.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.Syn
            && flow.Tracker.IsReplacedBy(in packet, flow.DirectionOf(in packet)))
        {
            Close(flow, RecordedState.Closed);
            flow = null;
        }

        flow ??= Open(key, in packet, capture);
        if (flow is null or { IsSynAlone: true }) return flow;
        Take(flow, in packet);
        return flow;
    }

    /// <summary>Takes an ICMP error (<see cref="PacketKind.IcmpError"/>) that quotes a TCP segment; answers with the flow that it quotes, null where that is none.</summary>
    public TcpFlow? AddIcmp(in Packet packet)
    {
        Advance(packet.Mark.Time);
        if ((index.Find(index.HashOf(in packet.Source, in packet.Destination), in packet) ?? Find(packet.Source, packet.Destination)) is not { } flow) return null;
        if (flow.IsSynAlone) Track(flow, hasHeldSyn: true);
        flow.Tracker.TakeIcmp(in packet, limits);
        return flow;
    }

    /// <summary>The open flow between two endpoints, given in either order; null where there is none.</summary>
    public TcpFlow? Find(IpEndpoint one, IpEndpoint other) => index.Find(in one, in other);

    /// <summary>Capture time goes on: closes flows that lingered or were silent long enough. Time that goes back closes nothing.</summary>
    public void Advance(Timestamp time)
    {
        while (embryonic.First is TcpFlow silent && Later(silent.LastActive, idle) < time.Nanoseconds) Expire(silent, Later(silent.LastActive, idle));
        while (deadlines.Earliest < time.Nanoseconds)
        {
            var flow = deadlines.First;
            var deadline = DeadlineOf(flow);
            if (deadline < time.Nanoseconds) Expire(flow, deadline);
            else deadlines.Move(flow, deadline);
        }

        now = time;
    }

    /// <summary>The capture is over: closes what is left, in the order in which it began.</summary>
    public void Finish()
    {
        foreach (var flow in AllBefore(long.MaxValue)) Close(flow, RecordedState.Closed);
    }

    /// <summary>Gives up the flows that began before an ordinal: their results are waited for.</summary>
    public void EvictBefore(long ordinal)
    {
        foreach (var flow in AllBefore(ordinal))
        {
            if (!flow.IsOver) Evicted++;
            Close(flow, flow.IsOver ? RecordedState.Closed : RecordedState.Evicted);
        }
    }

    /// <summary>
    /// The flow that a packet belongs to though it came by another way than those before: its numbers tell. Connections with equal addresses in
    /// different tunnels have others.
    /// </summary>
    private TcpFlow? FromElsewhere(ulong key, in Packet packet)
    {
        foreach (var flow in index.Elsewhere(key, in packet))
        {
            if (flow.IsSynAlone) Track(flow, hasHeldSyn: true);
            if (!flow.Tracker.Owns(in packet, flow.DirectionOf(in packet))) continue;
            flow.Join(packet.Encapsulation);
            return flow;
        }

        return null;
    }

    private List<TcpFlow> AllBefore(long ordinal)
    {
        var flows = new List<TcpFlow>(OpenFlows);
        for (var flow = embryonic.First; flow is not null; flow = flow.Later)
        {
            if (flow.Ordinal < ordinal) flows.Add((TcpFlow)flow);
        }

        foreach (var flow in deadlines.ToArray())
        {
            if (flow.Ordinal < ordinal) flows.Add(flow);
        }

        flows.Sort(static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return flows;
    }

    private TcpFlow? Open(ulong key, in Packet packet, string capture)
    {
        var flags = packet.Flags;
        if ((flags & TcpFlags.Rst) != 0) return null;
        var isSyn = (flags & TcpFlags.Syn) != 0;
        if (!isSyn)
        {
            if (packet.PayloadLength == 0 && (flags & TcpFlags.Fin) == 0) return null;
            if (recentlyClosed.Owns(key, in packet)) return null;
        }
        else
        {
            recentlyClosed.Forget(key);
        }

        if (OpenFlows >= Math.Max(1, limits.OpenFlows)) Evict();
        while (embryonic.Count >= Math.Max(1, limits.EmbryonicFlows)) GiveUp((TcpFlow)embryonic.First!);
        var isAnswer = isSyn && (flags & TcpFlags.Ack) != 0;
        var (initiator, responder) = isAnswer ? (packet.Destination, packet.Source) : (packet.Source, packet.Destination);
        var isHeld = HeldSyn.Suffices(in packet);
        var flow = new TcpFlow(ordinals.Next(), capture, initiator, responder, packet.Mark, isHeld ? new HeldSyn(in packet) : default) { Hash = key, Encapsulation = packet.Encapsulation };
        index.Add(flow);
        embryonic.Append(flow);
        listener.Opened(flow);
        if (isHeld) memory.Charge(flow, HeldRoom);
        else Track(flow, hasHeldSyn: false);
        return flow;
    }

    private void Track(TcpFlow flow, bool hasHeldSyn)
    {
        var tracker = spare.TryPop(out var used) ? used : new TcpTracker();
        flow.Track(tracker, limits, listener, hasHeldSyn);
    }

    private void Take(TcpFlow flow, in Packet packet)
    {
        var tracker = flow.Tracker;
        var (wasOver, hadBothFins, wasAnswered) = (tracker.IsOver, tracker.HasBothFins, flow.IsAnswered);
        tracker.Take(in packet, flow.DirectionOf(in packet), limits);
        if (flow.List is null)
        {
            if (tracker.IsOver != wasOver || tracker.HasBothFins != hadBothFins) deadlines.Move(flow, DeadlineOf(flow));
        }
        else if (tracker.IsOver || tracker.End != TcpEnd.Open || flow.HasSpoken(Direction.Forward) || flow.HasSpoken(Direction.Reverse))
        {
            embryonic.Remove(flow);
            deadlines.Add(flow, DeadlineOf(flow));
        }
        else
        {
            embryonic.Append(flow);
        }

        if (!wasAnswered && flow.IsAnswered) listener.Answered(flow);
        if (tracker.IsOver && !wasOver) Linger(flow);
        if (flow.Index == Flow.Closed) return;
        memory.Charge(flow, tracker.Room);
        while (memory.IsExceeded && OpenFlows > 1) Evict();
    }

    /// <summary>A flow is over and waits for late packets. At high rates the oldest have waited long enough for what a capture swaps.</summary>
    private void Linger(TcpFlow flow)
    {
        while (lingering.TryPeek(out var first) && first.Index == Flow.Closed) lingering.Dequeue();
        lingering.Enqueue(flow);
        openLingering++;
        while (openLingering > limits.LingeringFlows)
        {
            var oldest = lingering.Dequeue();
            if (oldest.Index != Flow.Closed) Close(oldest, RecordedState.Closed);
        }
    }

    /// <summary>Gives up one flow: one that only lingers, else one that carried nothing, else the one that was silent longest.</summary>
    private void Evict()
    {
        while (lingering.TryDequeue(out var over))
        {
            if (over.Index == Flow.Closed) continue;
            Close(over, RecordedState.Closed);
            return;
        }

        if (embryonic.First is TcpFlow oldest)
        {
            GiveUp(oldest);
            return;
        }

        while (true)
        {
            var flow = deadlines.First;
            var deadline = DeadlineOf(flow);
            if (deadline <= deadlines.Earliest)
            {
                GiveUp(flow);
                return;
            }

            deadlines.Move(flow, deadline);
        }
    }

    /// <summary>What was seen of it is reported; where many were given up before it and no server spoke, it is only counted.</summary>
    private void GiveUp(TcpFlow flow)
    {
        if (++Evicted <= limits.EvictedRows || flow.HasSpoken(Direction.Reverse))
        {
            Close(flow, RecordedState.Evicted);
            return;
        }

        Dropped++;
        TakeOut(flow);
        if (flow.IsOver) openLingering--;
        if (flow.Drop() is { } tracker) Reuse(tracker);
        listener.Dropped(flow);
    }

    /// <summary>A flow was watched until its deadline, however much later the next packet comes.</summary>
    private void Expire(TcpFlow flow, long deadline)
    {
        now = new Timestamp(deadline);
        Close(flow, RecordedState.Closed);
    }

    private void Close(TcpFlow flow, RecordedState how)
    {
        if (flow.IsSynAlone) Track(flow, hasHeldSyn: true);
        if (flow.IsOver) openLingering--;
        TakeOut(flow);
        var tracker = flow.Close(now, limits, how);
        recentlyClosed.Add(flow, tracker);
        Reuse(tracker);
        listener.Closed(flow, flow.Record(now));
        flow.ReleaseRecord();
    }

    private void TakeOut(TcpFlow flow)
    {
        if (flow.List is not null) embryonic.Remove(flow);
        else deadlines.Remove(flow);
        index.Remove(flow);
        memory.Charge(flow, 0);
    }

    private void Reuse(TcpTracker tracker)
    {
        tracker.Leave();
        if (spare.Count < SpareTrackers) spare.Push(tracker);
    }

    private long DeadlineOf(TcpFlow flow)
    {
        if (flow.IsOver) return Later(flow.LastActive, linger);
        return Later(flow.LastActive, flow.Tracker.HasBothFins && LastAck < idle ? LastAck : idle);
    }

    /// <summary>A moment after another one, at most the last moment there is: times of a capture may be anything.</summary>
    private static long Later(Timestamp time, Duration wait) =>
        time.Nanoseconds > long.MaxValue - wait.Nanoseconds ? long.MaxValue : time.Nanoseconds + wait.Nanoseconds;

    /// <summary>Trackers pooled for later flows: with thousands of open connections, new objects would be copied by every garbage collection.</summary>
    private const int SpareTrackers = 4096;

    /// <summary>A flow of which only the SYN was seen, with its entries in tables, in bytes.</summary>
    private const int HeldRoom = 256;

    /// <summary>How long the acknowledgment of the second FIN is waited for: TIME-WAIT in practice.</summary>
    private static readonly Duration LastAck = Duration.FromSeconds(60);
}
