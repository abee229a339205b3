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
    private readonly FlowHash hash = new(Random.Shared);
    private readonly FlowSlots slots = new();
    private readonly UdpFlowList open = new();
    private readonly UdpFlowList lingering = new();
    private readonly Stack<int> freePlaces = new();
    private readonly Duration idle;
    private readonly Duration linger;
    private UdpFlow?[] places = new UdpFlow?[16];
    private int placesUsed;
    private Timestamp now = new(long.MinValue);

    /// <summary>An empty table that reports its flows to <paramref name="listener"/> and numbers them from <paramref name="ordinals"/>.</summary>
    public UdpFlowTable(AnalyzerLimits limits, IUdpFlowListener listener, OrdinalSource ordinals)
    {
        this.limits = limits;
        this.listener = listener;
        this.ordinals = ordinals;
        idle = Duration.FromSeconds(limits.IdleSeconds);
        linger = Duration.FromMilliseconds(limits.LingerMilliseconds);
    }

    /// <summary>Flows that are followed now.</summary>
    public int OpenFlows => open.Count + lingering.Count;

    /// <summary>Flows that were closed early because there were more than <see cref="AnalyzerLimits.OpenFlows"/>.</summary>
    public long FlowsPushedOut { get; private set; }

    /// <summary>Takes a datagram (<see cref="PacketKind.Udp"/>) of a flow that is known; answers with that flow, null where it belongs to none.</summary>
    public UdpFlow? Add(in Packet packet)
    {
        if (OpenFlows == 0) return null;
        Advance(packet.Mark.Time);
        if (Find(in packet.Source, in packet.Destination) is not { } flow) return null;
        if (flow.Take(in packet))
        {
            Place(flow);
            return flow;
        }

        Close(flow);
        return null;
    }

    /// <summary>Begins a flow with a datagram that a protocol recognised and that belongs to no known one.</summary>
    /// <param name="packet">The datagram.</param>
    /// <param name="capture">The capture's name.</param>
    /// <param name="protocol">The protocol's name.</param>
    /// <param name="filter">Chooses what is recorded of the flow.</param>
    public UdpFlow Open(in Packet packet, string capture, string protocol, IDatagramFilter filter)
    {
        Advance(packet.Mark.Time);
        if (OpenFlows >= Math.Max(1, limits.OpenFlows)) PushOut();
        var key = hash.Of(in packet.Source, in packet.Destination);
        var flow = new UdpFlow(ordinals.Next(), capture, packet.Source, packet.Destination, packet.Mark, protocol, filter, limits.EncryptedBytes) { Hash = key };
        flow.Index = freePlaces.Count > 0 ? freePlaces.Pop() : placesUsed++;
        if (flow.Index == places.Length) Array.Resize(ref places, places.Length * 2);
        places[flow.Index] = flow;
        slots.Add(key, flow.Index);
        flow.Take(in packet);
        Place(flow);
        return flow;
    }

    /// <summary>Takes an ICMP error (<see cref="PacketKind.IcmpError"/>) that quotes a datagram; answers with the flow that it quotes, null where that is none.</summary>
    public UdpFlow? AddIcmp(in Packet packet)
    {
        if (OpenFlows == 0) return null;
        Advance(packet.Mark.Time);
        if (Find(in packet.Source, in packet.Destination) is not { } flow) return null;
        flow.TakeIcmp(in packet, limits);
        Place(flow);
        return flow;
    }

    /// <summary>Capture time goes on: closes flows that lingered or were silent long enough. Time that goes back closes nothing.</summary>
    public void Advance(Timestamp time)
    {
        now = time;
        while (lingering.First is { } flow && time - flow.LastActive > linger) Close(flow);
        while (open.First is { } flow && time - flow.LastActive > idle) Close(flow);
    }

    /// <summary>The capture is over: closes what is left, in ticket order.</summary>
    public void Finish()
    {
        var flows = new List<UdpFlow>(OpenFlows);
        for (var flow = open.First; flow is not null; flow = flow.Later) flows.Add(flow);
        for (var flow = lingering.First; flow is not null; flow = flow.Later) flows.Add(flow);
        flows.Sort(static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
        foreach (var flow in flows) Close(flow);
    }

    private UdpFlow? Find(in IpEndpoint one, in IpEndpoint other)
    {
        var key = hash.Of(in one, in other);
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

    private void Place(UdpFlow flow) => (flow.IsOver ? lingering : open).Append(flow);

    private void PushOut()
    {
        if (lingering.First is { } over)
        {
            Close(over);
            return;
        }

        FlowsPushedOut++;
        Close(open.First!);
    }

    private void Close(UdpFlow flow)
    {
        slots.Remove(flow.Hash, flow.Index);
        flow.List!.Remove(flow);
        places[flow.Index] = null;
        freePlaces.Push(flow.Index);
        listener.Closed(flow, flow.Close(now));
    }
}
