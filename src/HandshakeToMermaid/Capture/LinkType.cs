namespace HandshakeToMermaid.Capture;

/// <summary>How the first header of a frame reads: a LINKTYPE_ number of the tcpdump registry.</summary>
/// <param name="Code">The number as the capture writes it.</param>
public readonly record struct LinkType(ushort Code)
{
    /// <summary>LINKTYPE_NULL: BSD loopback, host byte order.</summary>
    public static readonly LinkType Null = new(0);

    /// <summary>LINKTYPE_ETHERNET.</summary>
    public static readonly LinkType Ethernet = new(1);

    /// <summary>LINKTYPE_RAW: IPv4 or IPv6, told by the version field.</summary>
    public static readonly LinkType Raw = new(101);

    /// <summary>LINKTYPE_LOOP: OpenBSD loopback, network byte order.</summary>
    public static readonly LinkType Loop = new(108);

    /// <summary>LINKTYPE_LINUX_SLL: Linux cooked capture, version 1.</summary>
    public static readonly LinkType LinuxSll = new(113);

    /// <summary>LINKTYPE_IPV4.</summary>
    public static readonly LinkType Ipv4 = new(228);

    /// <summary>LINKTYPE_IPV6.</summary>
    public static readonly LinkType Ipv6 = new(229);

    /// <summary>LINKTYPE_LINUX_SLL2: Linux cooked capture, version 2.</summary>
    public static readonly LinkType LinuxSll2 = new(276);
}
