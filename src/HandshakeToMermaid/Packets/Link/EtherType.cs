namespace HandshakeToMermaid.Packets.Link;

/// <summary>EtherType numbers (IEEE registry; RFC 9542 appendix B) that lead to IP.</summary>
internal static class EtherType
{
    /// <summary>What follows is no network protocol that is read here.</summary>
    public const ushort None = 0;

    /// <summary>The greatest value that is an IEEE 802.3 length instead of a type.</summary>
    public const ushort LongestLength = 1500;

    /// <summary>Internet Protocol version 4.</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>IEEE 802.1Q customer VLAN tag.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>Internet Protocol version 6.</summary>
    public const ushort Ipv6 = 0x86DD;

    /// <summary>IEEE 802.2 LLC in a frame too long for a length field.</summary>
    public const ushort JumboLlc = 0x8870;

    /// <summary>IEEE 802.1ad service VLAN tag.</summary>
    public const ushort ServiceVlan = 0x88A8;

    /// <summary>The service tag of equipment older than IEEE 802.1ad.</summary>
    public const ushort OldServiceVlan = 0x9100;
}
