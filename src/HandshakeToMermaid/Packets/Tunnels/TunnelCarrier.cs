namespace HandshakeToMermaid.Packets.Tunnels;

/// <summary>By what a tunnel is known.</summary>
internal enum TunnelCarrier
{
    /// <summary>The type field of a link header, or of another tunnel.</summary>
    EtherType,

    /// <summary>The protocol field of IP.</summary>
    IpProtocol,

    /// <summary>A UDP port at either end: no proof, so the packet inside must be sound.</summary>
    UdpPort,
}
