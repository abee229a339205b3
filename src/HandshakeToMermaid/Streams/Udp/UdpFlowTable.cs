using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>
/// Sorts UDP datagrams into flows. Only what a protocol recognised is a flow: the caller checks a datagram that
/// belongs to none, and opens one or drops it, so that most datagrams of a capture leave no state here. A flow is
/// closed after its end and a linger, after a long silence, when its reader calls a datagram the first of another, or when
/// there are too many. Each is reported to the listener once. Time is that of the capture.
/// </summary>
internal sealed class UdpFlowTable
{
    private readonly AnalyzerLimits limits;
    private readonly IUdpFlowListener listener;
    private readonly OrdinalSource ordinals;
    private readonly FlowIndex<UdpFlow> index = new(Random.Shared);
    private readonly MovedFlows moved = new();
    private readonly SpareBuffer spare = new();
    private readonly TableMemory memory;
    private readonly FlowList unanswered = new();
    private readonly FlowList open = new();
    private readonly FlowList lingering = new();
    private readonly Duration idle;
    private readonly Duration linger;
    private Timestamp now = new(long.MinValue);

    /// <summary>An empty table that reports its flows to <paramref name="listener"/> and numbers them from <paramref name="ordinals"/>.</summary>
    public UdpFlowTable(AnalyzerLimits limits, IUdpFlowListener listener, OrdinalSource ordinals, TableMemory memory)
    {
        (this.limits, this.memory) = (limits, memory);
        this.listener = listener;
        this.ordinals = ordinals;
        idle = Duration.FromSeconds(limits.IdleSeconds);
        linger = Duration.FromMilliseconds(limits.LingerMilliseconds);
    }

    /// <summary>Flows that are followed now.</summary>
    public int OpenFlows => unanswered.Count + open.Count + lingering.Count;

    /// <summary>Flows that were given up because too many were open, or held too much memory.</summary>
    public long Evicted { get; private set; }

    /// <summary>Those of them that were not reported either, because <see cref="AnalyzerLimits.EvictedRows"/> were before them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a datagram (<see cref="PacketKind.Udp"/>) of a flow that is known; answers with that flow, null where it belongs to none.</summary>
    public UdpFlow? Add(in Packet packet)
    {
        if (OpenFlows == 0) return null;
        Advance(packet.Mark.Time);
        var key = index.HashOf(in packet.Source, in packet.Destination);
        if ((index.Find(key, in packet) ?? FromElsewhere(key, in packet)) is not { } flow) return null;
        if (flow.SharesEndpoints)
        {
            if (OwnerOf(key, in packet) is not { } owner) return null;
            flow = owner;
        }

        if (flow.HasSeveralWays && flow.IsCopy(in packet)) return flow;
        if (flow.Take(in packet))
        {
            if (!flow.IsMovable && flow.IsAnswered && flow.MayMove(default)) moved.Add(flow);
            Place(flow);
            return flow;
        }

        Close(flow, RecordedState.Closed);
        return null;
    }

    /// <summary>Takes a datagram between endpoints of no flow, if it may be of one that moved.</summary>
    public bool AddMoved(in Packet packet) => moved.TryTake(in packet);

    /// <summary>Begins a flow with a datagram that a protocol recognised and that belongs to no known one.</summary>
    /// <param name="packet">The datagram.</param>
    /// <param name="capture">The capture's name.</param>
    /// <param name="protocol">The protocol's name.</param>
    /// <param name="filter">Chooses what is recorded of the flow.</param>
    public UdpFlow Open(in Packet packet, string capture, string protocol, IDatagramFilter filter)
    {
        Advance(packet.Mark.Time);
        if (OpenFlows >= Math.Max(1, limits.OpenFlows)) Evict();
        while (unanswered.Count >= Math.Max(1, limits.EmbryonicFlows / 4)) GiveUp((UdpFlow)unanswered.First!);
        var key = index.HashOf(in packet.Source, in packet.Destination);
        var flow = new UdpFlow(ordinals.Next(), capture, packet.Source, packet.Destination, packet.Mark, protocol, filter, limits.EncryptedBytes, spare) { Hash = key, Encapsulation = packet.Encapsulation };
        index.Add(flow);
        flow.Take(in packet);
        Place(flow);
        return flow;
    }

    /// <summary>Takes an ICMP error (<see cref="PacketKind.IcmpError"/>) that quotes a datagram; answers with the flow that it quotes, null where that is none.</summary>
    public UdpFlow? AddIcmp(in Packet packet)
    {
        if (OpenFlows == 0) return null;
        Advance(packet.Mark.Time);
        if ((index.Find(index.HashOf(in packet.Source, in packet.Destination), in packet) ?? index.Find(in packet.Source, in packet.Destination)) is not { } flow) return null;
        flow.TakeIcmp(in packet, limits);
        Place(flow);
        return flow;
    }

    /// <summary>Capture time goes on: closes flows that lingered or were silent long enough. Time that goes back closes nothing.</summary>
    public void Advance(Timestamp time)
    {
        ExpireSilent(lingering, linger, time);
        ExpireSilent(unanswered, idle, time);
        ExpireSilent(open, idle, time);
        now = time;
    }

    /// <summary>Flows were watched until their time was over, however much later the next packet comes.</summary>
    private void ExpireSilent(FlowList list, Duration most, Timestamp time)
    {
        while (list.First is UdpFlow flow && time - flow.LastActive > most)
        {
            now = flow.LastActive + most;
            Close(flow, RecordedState.Closed);
        }
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
    /// The flow that a datagram belongs to though it came by another way than those before: it is the first answer, in a tunnel that is another one
    /// each way, or was captured before.
    /// </summary>
    private UdpFlow? FromElsewhere(ulong key, in Packet packet)
    {
        foreach (var flow in index.Elsewhere(key, in packet))
        {
            var isFirstAnswer = !flow.IsAnswered && flow.DirectionOf(in packet) == Direction.Reverse;
            if (!isFirstAnswer && !flow.IsCopy(in packet)) continue;
            flow.Join(packet.Encapsulation);
            return flow;
        }

        return null;
    }

    /// <summary>
    /// The one of several flows between the same endpoints that a datagram is of; null where it begins another. What is of none and begins none is handed to the oldest, whose
    /// reader says that it was not read.
    /// </summary>
    private UdpFlow? OwnerOf(ulong key, in Packet packet)
    {
        var flows = index.All(key, in packet);
        if (flows.Count == 0) return index.Find(key, in packet.Source, in packet.Destination);
        flows.Sort(static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        UdpFlow? owner = null;
        var best = DatagramMatch.No;
        foreach (var flow in flows)
        {
            var match = flow.Match(packet.Payload);
            if (match == DatagramMatch.No || match < best) continue;
            (owner, best) = (flow, match);
        }

        var isNew = owner is null && flows[0].Begins(packet.Payload);
        if (owner is null && !isNew) return flows[0];
        foreach (var flow in flows)
        {
            if (flow != owner) flow.Pass(packet.Payload);
        }

        // Each datagram is matched with all of them.
        if (isNew && flows.Count >= MaxShared) GiveUp(flows[0]);
        return owner;
    }

    private List<UdpFlow> AllBefore(long ordinal)
    {
        var flows = new List<UdpFlow>(OpenFlows);
        foreach (var list in (FlowList[])[unanswered, open, lingering])
        {
            for (var flow = list.First; flow is not null; flow = flow.Later)
            {
                if (flow.Ordinal < ordinal) flows.Add((UdpFlow)flow);
            }
        }

        flows.Sort(static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return flows;
    }

    private void Place(UdpFlow flow)
    {
        (flow.IsOver ? lingering : flow.IsAnswered ? open : unanswered).Append(flow);
        memory.Charge(flow, flow.Room);
        while (memory.IsExceeded && OpenFlows > 1) Evict();
    }

    private void Evict()
    {
        if (lingering.First is UdpFlow over)
        {
            Close(over, RecordedState.Closed);
            return;
        }

        GiveUp((UdpFlow)(unanswered.First ?? open.First!));
    }

    /// <summary>What was seen of it is reported; where many were given up before it and no answer came, it is only counted.</summary>
    private void GiveUp(UdpFlow flow)
    {
        if (++Evicted <= limits.EvictedRows || flow.IsAnswered)
        {
            Close(flow, RecordedState.Evicted);
            return;
        }

        Dropped++;
        TakeOut(flow);
        listener.Dropped(flow);
        flow.Discard();
    }

    private void Close(UdpFlow flow, RecordedState how)
    {
        TakeOut(flow);
        listener.Closed(flow, flow.Close(now, how));
    }

    private void TakeOut(UdpFlow flow)
    {
        moved.Remove(flow);
        flow.List!.Remove(flow);
        index.Remove(flow);
        memory.Charge(flow, 0);
    }

    /// <summary>Flows between the same endpoints: RADIUS has as many Identifiers.</summary>
    private const int MaxShared = 256;
}
