namespace HandshakeToMermaid.Packets.Network;

/// <summary>Protocol numbers of IP (IANA "Assigned Internet Protocol Numbers") that are looked into, or over, here.</summary>
internal static class IpProtocol
{
    /// <summary>IPv6 hop-by-hop options.</summary>
    public const byte HopByHop = 0;

    /// <summary>ICMP for IPv4.</summary>
    public const byte Icmp = 1;

    /// <summary>IPv4 in IP.</summary>
    public const byte Ipv4 = 4;

    /// <summary>TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>UDP.</summary>
    public const byte Udp = 17;

    /// <summary>IPv6 in IP.</summary>
    public const byte Ipv6 = 41;

    /// <summary>IPv6 routing header.</summary>
    public const byte Routing = 43;

    /// <summary>IPv6 fragment header.</summary>
    public const byte Fragment = 44;

    /// <summary>Generic Routing Encapsulation.</summary>
    public const byte Gre = 47;

    /// <summary>Encapsulating Security Payload.</summary>
    public const byte Esp = 50;

    /// <summary>Authentication header.</summary>
    public const byte AuthenticationHeader = 51;

    /// <summary>ICMP for IPv6.</summary>
    public const byte Icmpv6 = 58;

    /// <summary>Nothing follows.</summary>
    public const byte NoNextHeader = 59;

    /// <summary>IPv6 destination options.</summary>
    public const byte DestinationOptions = 60;

    /// <summary>Ethernet in IP.</summary>
    public const byte EtherIp = 97;

    /// <summary>SCTP.</summary>
    public const byte Sctp = 132;

    /// <summary>IPv6 mobility header.</summary>
    public const byte Mobility = 135;

    /// <summary>MPLS in IP.</summary>
    public const byte Mpls = 137;

    /// <summary>Host Identity Protocol.</summary>
    public const byte Hip = 139;

    /// <summary>Shim6.</summary>
    public const byte Shim6 = 140;
}
