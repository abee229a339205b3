using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams;

/// <summary>The open flows of a table by their endpoints.</summary>
/// <typeparam name="TFlow">The flows.</typeparam>
/// <param name="random">Draws the keys of the hash; no result depends on them.</param>
internal sealed class FlowIndex<TFlow>(Random random)
    where TFlow : Flow
{
    private readonly FlowHash hash = new(random);
    private readonly FlowSlots slots = new();
    private readonly Stack<int> freePlaces = new();
    private TFlow?[] places = new TFlow?[64];
    private int placesUsed;
    private bool hasEncapsulation;

    /// <summary>The hash of two endpoints, in either order.</summary>
    public ulong HashOf(in IpEndpoint one, in IpEndpoint other) => hash.Of(in one, in other);

    /// <summary>The flow between two endpoints, given in either order; null where there is none.</summary>
    public TFlow? Find(in IpEndpoint one, in IpEndpoint other) => Find(HashOf(in one, in other), in one, in other);

    /// <summary>The same where their hash is known.</summary>
    public TFlow? Find(ulong key, in IpEndpoint one, in IpEndpoint other)
    {
        var slot = slots.Begin(key);
        while (true)
        {
            var place = slots.Next(key, ref slot);
            if (place < 0) return null;
            var flow = places[place]!;
            if (IsBetween(flow, in one, in other)) return flow;
        }
    }

    /// <summary>The flow of a packet among those whose packets came by the same way; null where there is none.</summary>
    public TFlow? Find(ulong key, in Packet packet)
    {
        var slot = slots.Begin(key);
        while (true)
        {
            var place = slots.Next(key, ref slot);
            if (place < 0) return null;
            var flow = places[place]!;
            if (flow.CameBy(packet.Encapsulation) && IsBetween(flow, in packet.Source, in packet.Destination)) return flow;
        }
    }

    /// <summary>All flows of the endpoints of a packet whose packets came by the same way.</summary>
    public List<TFlow> All(ulong key, in Packet packet)
    {
        var found = new List<TFlow>();
        var slot = slots.Begin(key);
        while (true)
        {
            var place = slots.Next(key, ref slot);
            if (place < 0) return found;
            var flow = places[place]!;
            if (flow.CameBy(packet.Encapsulation) && IsBetween(flow, in packet.Source, in packet.Destination)) found.Add(flow);
        }
    }

    /// <summary>The flows between the endpoints of a packet whose packets came by other ways; most often none.</summary>
    public IReadOnlyList<TFlow> Elsewhere(ulong key, in Packet packet)
    {
        if (!hasEncapsulation && packet.Encapsulation is null) return [];
        List<TFlow>? found = null;
        var slot = slots.Begin(key);
        while (true)
        {
            var place = slots.Next(key, ref slot);
            if (place < 0) return found ?? (IReadOnlyList<TFlow>)[];
            var flow = places[place]!;
            if (!flow.CameBy(packet.Encapsulation) && IsBetween(flow, in packet.Source, in packet.Destination)) (found ??= []).Add(flow);
        }
    }

    /// <summary>Adds a flow, whose <see cref="Flow.Hash"/> is that of its endpoints.</summary>
    public void Add(TFlow flow)
    {
        hasEncapsulation |= flow.Encapsulation is not null;
        flow.Index = freePlaces.Count > 0 ? freePlaces.Pop() : placesUsed++;
        if (flow.Index == places.Length) Array.Resize(ref places, places.Length * 2);
        places[flow.Index] = flow;
        slots.Add(flow.Hash, flow.Index);
    }

    /// <summary>Takes a flow out.</summary>
    public void Remove(TFlow flow)
    {
        slots.Remove(flow.Hash, flow.Index);
        places[flow.Index] = null;
        freePlaces.Push(flow.Index);
        flow.Index = Flow.Closed;
    }
    private static bool IsBetween(TFlow flow, in IpEndpoint one, in IpEndpoint other) =>
        (flow.Initiator == one && flow.Responder == other) || (flow.Initiator == other && flow.Responder == one);
}
