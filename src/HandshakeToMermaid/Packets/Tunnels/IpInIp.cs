using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 2003 (IPv4 in IPv4), RFC 4213 (IPv6 in IPv4), RFC 2473 (either in IPv6): no header between the two of IP.

/// <summary>IP in IP.</summary>
internal static class IpInIp
{
    /// <summary>IPv4 inside.</summary>
    public static Encapsulation ReadIpv4(ReadOnlySpan<byte> bytes) => new(0, EtherType.Ipv4) { Name = Ipv4InIpv4 };

    /// <summary>IPv6 inside.</summary>
    public static Encapsulation ReadIpv6(ReadOnlySpan<byte> bytes) => new(0, EtherType.Ipv6) { Name = Ipv6InIpv4 };

    /// <summary>The same tunnel by its usual name, which depends on the outer header too.</summary>
    public static Encapsulation Named(in Encapsulation tunnel, bool isOuterIpv4)
    {
        if (isOuterIpv4) return tunnel;
        return tunnel.Name switch { Ipv4InIpv4 => tunnel with { Name = "4in6" }, Ipv6InIpv4 => tunnel with { Name = "6in6" }, _ => tunnel };
    }

    private const string Ipv4InIpv4 = "ipip";
    private const string Ipv6InIpv4 = "6in4";
}
