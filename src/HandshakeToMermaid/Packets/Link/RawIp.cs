namespace HandshakeToMermaid.Packets.Link;

/// <summary>No link header at all: the frame begins with IPv4 or IPv6.</summary>
internal static class RawIp
{
    /// <summary>LINKTYPE_RAW, by the version field. Any version but 6 is passed to the IPv4 decoder, which reports it as malformed.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return new(1, EtherType.None);
        return new(0, bytes[0] >> 4 == 6 ? EtherType.Ipv6 : EtherType.Ipv4);
    }

    /// <summary>LINKTYPE_IPV4.</summary>
    public static Encapsulation ReadIpv4(ReadOnlySpan<byte> bytes) => new(0, EtherType.Ipv4);

    /// <summary>LINKTYPE_IPV6.</summary>
    public static Encapsulation ReadIpv6(ReadOnlySpan<byte> bytes) => new(0, EtherType.Ipv6);
}
