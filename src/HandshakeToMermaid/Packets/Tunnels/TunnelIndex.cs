using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

/// <summary>Tunnels by what they are known by. Ports are looked up for every datagram: a bit each, so that the table stays in the processor's cache.</summary>
internal sealed class TunnelIndex
{
    private readonly Dictionary<ushort, EncapsulationReader> types = [];
    private readonly Dictionary<ushort, EncapsulationReader> ports = [];
    private readonly EncapsulationReader?[] protocols = new EncapsulationReader?[256];
    private readonly ulong[] portBits = new ulong[1024];

    /// <summary>An index of what is listed.</summary>
    public TunnelIndex(IReadOnlyList<TunnelReader> tunnels)
    {
        foreach (var tunnel in tunnels)
        {
            switch (tunnel.Carrier)
            {
                case TunnelCarrier.EtherType:
                    types.Add(tunnel.Number, tunnel.Read);
                    break;
                case TunnelCarrier.IpProtocol:
                    protocols[tunnel.Number] = tunnel.Read;
                    break;
                default:
                    ports.Add(tunnel.Number, tunnel.Read);
                    portBits[tunnel.Number >> 6] |= 1UL << (tunnel.Number & 63);
                    break;
            }
        }
    }

    /// <summary>What reads an EtherType; null where it is no tunnel.</summary>
    public EncapsulationReader? OfEtherType(ushort type) => types.GetValueOrDefault(type);

    /// <summary>What reads an IP protocol; null where it is no tunnel.</summary>
    public EncapsulationReader? OfIpProtocol(byte protocol) => protocols[protocol];

    /// <summary>What reads a datagram between two ports; null for most.</summary>
    public EncapsulationReader? OfUdpPorts(ushort source, ushort destination)
    {
        if (Has(destination)) return ports[destination];
        return Has(source) ? ports[source] : null;
    }

    private bool Has(ushort port) => (portBits[port >> 6] & (1UL << (port & 63))) != 0;
}
