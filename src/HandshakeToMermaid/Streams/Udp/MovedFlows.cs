using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>
/// Finds the flow of a datagram whose endpoints belong to none: a connection may go on from another address or port of its client, or at another of
/// its server (RFC 9000 section 9). Only what can be nobody else's is taken: one end is as before, no other such flow has that end, and it comes by the
/// same tunnels and VLANs. Whether it is of the connection indeed, its reader says.
/// </summary>
internal sealed class MovedFlows
{
    private readonly Dictionary<(IpAddress Client, IpEndpoint Server), HashSet<UdpFlow>> byHosts = [];
    private readonly Dictionary<IpEndpoint, HashSet<UdpFlow>> byClient = [];
    private readonly Dictionary<IpEndpoint, HashSet<UdpFlow>> byServer = [];
    private readonly Dictionary<(IpEndpoint Client, IpEndpoint Server), UdpFlow> paths = [];

    /// <summary>Follows a flow from here on; once for each is enough.</summary>
    public void Add(UdpFlow flow)
    {
        if (flow.IsMovable) return;
        flow.IsMovable = true;
        Add(byHosts, (flow.Initiator.Address, flow.Responder), flow);
        Add(byClient, flow.Initiator, flow);
        Add(byServer, flow.Responder, flow);
    }

    /// <summary>Follows a flow no more.</summary>
    public void Remove(UdpFlow flow)
    {
        if (!flow.IsMovable) return;
        flow.IsMovable = false;
        Remove(byHosts, (flow.Initiator.Address, flow.Responder), flow);
        Remove(byClient, flow.Initiator, flow);
        Remove(byServer, flow.Responder, flow);
        foreach (var path in flow.Paths) paths.Remove((path.Client, path.Server));
    }

    /// <summary>Hands a datagram to the flow that it may be of; false where there is none, or more than one.</summary>
    public bool TryTake(in Packet packet)
    {
        if (byServer.Count == 0) return false;
        if (paths.TryGetValue((packet.Source, packet.Destination), out var known) || paths.TryGetValue((packet.Destination, packet.Source), out known))
        {
            if (!known.CameBy(packet.Encapsulation)) return false;
            known.TakeMoved(in packet);
            return true;
        }

        var flow = Only(byHosts, (packet.Source.Address, packet.Destination)) ?? Only(byServer, packet.Destination) ?? Only(byClient, packet.Source);
        if (flow is null || !flow.CameBy(packet.Encapsulation) || !flow.MayMove(packet.Payload) || !flow.Join(new UdpPath(packet.Source, packet.Destination))) return false;
        paths[(packet.Source, packet.Destination)] = flow;
        flow.TakeMoved(in packet);
        return true;
    }

    private static void Add<TKey>(Dictionary<TKey, HashSet<UdpFlow>> index, TKey key, UdpFlow flow)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var flows)) index[key] = flows = [];
        flows.Add(flow);
    }

    private static void Remove<TKey>(Dictionary<TKey, HashSet<UdpFlow>> index, TKey key, UdpFlow flow)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var flows) && flows.Remove(flow) && flows.Count == 0) index.Remove(key);
    }

    private static UdpFlow? Only<TKey>(Dictionary<TKey, HashSet<UdpFlow>> index, TKey key)
        where TKey : notnull => index.TryGetValue(key, out var flows) && flows.Count == 1 ? flows.First() : null;
}
