using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Correlation;

/// <summary>A QUIC connection that goes on, with the TCP connections of its client that began about the same time.</summary>
internal sealed class OpenLane(UdpFlow flow)
{
    private long looked;

    /// <summary>The QUIC connection.</summary>
    public UdpFlow Flow { get; } = flow;

    /// <summary>TCP connections of the same client, from the same tunnel or VLAN.</summary>
    public List<TcpFlow> Rivals { get; } = [];

    /// <summary>The server's name in lower case; null while it is not known.</summary>
    public string? Name { get; set; }

    /// <summary>The TCP connection that is the other lane, once both are known to be of one visit; null before.</summary>
    public TcpFlow? Partner { get; set; }

    /// <summary>True where reading it once more may show its name: a ClientHello takes a few datagrams, and they may come late.</summary>
    public bool IsWorthReading()
    {
        if (Name is not null || looked == Flow.Forward.Packets || looked >= MostPackets) return false;
        looked = Flow.Forward.Packets;
        return true;
    }

    private const long MostPackets = 16;
}
