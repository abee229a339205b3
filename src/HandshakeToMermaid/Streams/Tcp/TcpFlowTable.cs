using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Sorts TCP segments into connections. A connection begins with a SYN, a SYN-ACK, or, where the capture joined midway,
/// the first segment that carries payload or a FIN: a lone RST or ACK shows no connection worth a row. It is closed
/// after its end and a linger, after a long silence, by a new SYN on the same endpoints, or when there are too many.
/// Each is reported to the listener once. Time is that of the capture.
/// </summary>
internal sealed class TcpFlowTable
{
    private readonly AnalyzerLimits limits;
    private readonly ITcpFlowListener listener;
    private readonly OrdinalSource ordinals;
    private readonly FlowHash hash;
    private readonly FlowSlots slots = new();
    private readonly FlowDeadlines deadlines = new();
    private readonly RecentlyClosedFlows recentlyClosed = new();
    private readonly Stack<int> freePlaces = new();
    private readonly Stack<TcpTracker> spare = new();
    private readonly Duration idle;
    private readonly Duration linger;
    private TcpFlow?[] places = new TcpFlow?[64];
    private readonly Queue<TcpFlow> lingering = new();
    private int placesUsed;
    private int openLingering;
    private Timestamp now = new(long.MinValue);

    /// <summary>An empty table that reports its flows to <paramref name="listener"/> and numbers them from <paramref name="ordinals"/>.</summary>
    public TcpFlowTable(AnalyzerLimits limits, ITcpFlowListener listener, OrdinalSource ordinals)
        : this(limits, listener, ordinals, Random.Shared)
    {
    }

    /// <summary>The same with chosen hash keys: tests show that they do not matter.</summary>
    internal TcpFlowTable(AnalyzerLimits limits, ITcpFlowListener listener, OrdinalSource ordinals, Random random)
    {
        this.limits = limits;
        this.listener = listener;
        this.ordinals = ordinals;
        hash = new FlowHash(random);
        idle = Duration.FromSeconds(limits.IdleSeconds);
        linger = Duration.FromMilliseconds(limits.LingerMilliseconds);
    }

    /// <summary>Flows that are followed now.</summary>
    public int OpenFlows => deadlines.Count;

    /// <summary>Flows that were closed early because there were more than <see cref="AnalyzerLimits.OpenFlows"/>.</summary>
    public long FlowsPushedOut { get; private set; }

    /// <summary>Takes a TCP segment (<see cref="PacketKind.Tcp"/>) of the named capture; answers with its flow, null where it belongs to none.</summary>
    public TcpFlow? Add(in Packet packet, string capture)
    {
        Advance(packet.Mark.Time);
        var key = hash.Of(in packet.Source, in packet.Destination);
        var flow = Find(key, in packet.Source, in packet.Destination);
        if (flow is not null && (packet.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.Syn
            && flow.Tracker.IsReplacedBy(in packet, flow.DirectionOf(in packet)))
        {
            Close(flow);
            flow = null;
        }

        flow ??= Open(key, in packet, capture);
        if (flow is null) return null;
        var tracker = flow.Tracker;
        var (wasOver, hadBothFins) = (tracker.IsOver, tracker.HasBothFins);
        tracker.Take(in packet, flow.DirectionOf(in packet), limits);
        if (tracker.IsOver != wasOver || tracker.HasBothFins != hadBothFins) deadlines.Move(flow, DeadlineOf(flow));
        if (tracker.IsOver && !wasOver) Linger(flow);
        return flow;
    }

    /// <summary>Takes an ICMP error (<see cref="PacketKind.IcmpError"/>) that quotes a TCP segment; answers with the flow that it quotes, null where that is none.</summary>
    public TcpFlow? AddIcmp(in Packet packet)
    {
        Advance(packet.Mark.Time);
        var flow = Find(packet.Source, packet.Destination);
        flow?.Tracker.TakeIcmp(in packet, limits);
        return flow;
    }

    /// <summary>The open flow between two endpoints, given in either order; null where there is none.</summary>
    public TcpFlow? Find(IpEndpoint one, IpEndpoint other) => Find(hash.Of(in one, in other), in one, in other);

    /// <summary>Capture time goes on: closes flows that lingered or were silent long enough. Time that goes back closes nothing.</summary>
    public void Advance(Timestamp time)
    {
        now = time;
        while (deadlines.Earliest < time.Nanoseconds)
        {
            var flow = deadlines.First;
            var deadline = DeadlineOf(flow);
            if (deadline < time.Nanoseconds) Close(flow);
            else deadlines.Move(flow, deadline);
        }
    }

    /// <summary>The capture is over: closes what is left, in ticket order.</summary>
    public void Finish()
    {
        var flows = deadlines.ToArray();
        Array.Sort(flows, static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        foreach (var flow in flows) Close(flow);
    }

    private TcpFlow? Find(ulong key, in IpEndpoint one, in IpEndpoint other)
    {
        var slot = slots.Begin(key);
        while (true)
        {
            var place = slots.Next(key, ref slot);
            if (place < 0) return null;
            var flow = places[place]!;
            if (flow.Initiator == one && flow.Responder == other) return flow;
            if (flow.Initiator == other && flow.Responder == one) return flow;
        }
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

        if (deadlines.Count >= Math.Max(1, limits.OpenFlows)) PushOut();
        var isAnswer = isSyn && (flags & TcpFlags.Ack) != 0;
        var (initiator, responder) = isAnswer ? (packet.Destination, packet.Source) : (packet.Source, packet.Destination);
        var flow = new TcpFlow(ordinals.Next(), capture, initiator, responder, packet.Mark) { Hash = key };
        flow.Index = freePlaces.Count > 0 ? freePlaces.Pop() : placesUsed++;
        if (flow.Index == places.Length) Array.Resize(ref places, places.Length * 2);
        places[flow.Index] = flow;
        slots.Add(key, flow.Index);
        deadlines.Add(flow, Later(packet.Mark.Time, idle));
        var tracker = spare.TryPop(out var used) ? used : new TcpTracker();
        flow.Open(tracker);
        flow.Reader = listener.Opened(flow);
        tracker.Reader.Begin(flow, limits.RecordedBytes, listener);
        return flow;
    }

    /// <summary>A flow is over and waits for late packets. At high rates the oldest have waited long enough for what a capture swaps.</summary>
    private void Linger(TcpFlow flow)
    {
        while (lingering.TryPeek(out var first) && first.Index == Closed) lingering.Dequeue();
        lingering.Enqueue(flow);
        openLingering++;
        while (openLingering > limits.LingeringFlows)
        {
            var oldest = lingering.Dequeue();
            if (oldest.Index != Closed) Close(oldest);
        }
    }

    /// <summary>Closes the flow that would be closed next anyway: one that only lingers, or the one that was silent longest.</summary>
    private void PushOut()
    {
        while (true)
        {
            var flow = deadlines.First;
            var deadline = DeadlineOf(flow);
            if (deadline <= deadlines.Earliest)
            {
                if (!flow.IsOver) FlowsPushedOut++;
                Close(flow);
                return;
            }

            deadlines.Move(flow, deadline);
        }
    }

    private void Close(TcpFlow flow)
    {
        slots.Remove(flow.Hash, flow.Index);
        deadlines.Remove(flow);
        places[flow.Index] = null;
        freePlaces.Push(flow.Index);
        flow.Index = Closed;
        if (flow.IsOver) openLingering--;
        var tracker = flow.Close(now, limits);
        recentlyClosed.Add(flow, tracker);
        if (spare.Count < SpareTrackers) spare.Push(tracker);
        listener.Closed(flow, flow.Record(now));
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

    /// <summary>The place of a flow that is in the table no more.</summary>
    private const int Closed = -1;

    /// <summary>How long the acknowledgment of the second FIN is waited for: TIME-WAIT in practice.</summary>
    private static readonly Duration LastAck = Duration.FromSeconds(60);
}
