namespace HandshakeToMermaid.Packets.Link;

/// <summary>EtherType numbers (IEEE registry; RFC 9542 appendix B) that lead to IP or are read, and some of this program's own for what has none.</summary>
internal static class EtherType
{
    /// <summary>What follows is no network protocol that is read here.</summary>
    public const ushort None = 0;

    /// <summary>IEEE 802.11 MAC header, as Linux numbers it (ETH_P_80211_RAW): no frame carries it as a type.</summary>
    public const ushort Ieee80211 = 0x0019;

    /// <summary>Several IEEE 802.11 frames in one (A-MSDU): no frame carries it as a type.</summary>
    public const ushort AggregateMsdu = 0x001E;

    /// <summary>Encrypted IEEE 802.11 data: no frame carries it as a type.</summary>
    public const ushort ProtectedIeee80211 = 0x001A;

    /// <summary>Compressed or encrypted PPP data: no frame carries it as a type.</summary>
    public const ushort HiddenPpp = 0x001B;

    /// <summary>A fragment of a frame inside a tunnel, which is not put together: no frame carries it as a type.</summary>
    public const ushort FrameFragment = 0x001C;

    /// <summary>CAPWAP data protected by DTLS: no frame carries it as a type.</summary>
    public const ushort ProtectedCapwap = 0x001D;

    /// <summary>The greatest value that is an IEEE 802.3 length instead of a type.</summary>
    public const ushort LongestLength = 1500;

    /// <summary>Internet Protocol version 4.</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>IEEE 802.1Q customer VLAN tag.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>Transparent Ethernet bridging: an Ethernet frame.</summary>
    public const ushort Ethernet = 0x6558;

    /// <summary>Point-to-Point Protocol.</summary>
    public const ushort Ppp = 0x880B;

    /// <summary>Multiprotocol Label Switching.</summary>
    public const ushort Mpls = 0x8847;

    /// <summary>MPLS with an upstream-assigned label.</summary>
    public const ushort UpstreamMpls = 0x8848;

    /// <summary>PPP over Ethernet, session stage.</summary>
    public const ushort PppoeSession = 0x8864;

    /// <summary>Provider Backbone Bridges: a service tag with the customer's addresses.</summary>
    public const ushort BackboneService = 0x88E7;

    /// <summary>EAP over LAN: IEEE 802.1X.</summary>
    public const ushort Eapol = 0x888E;

    /// <summary>Network Service Header.</summary>
    public const ushort Nsh = 0x894F;

    /// <summary>ERSPAN types I and II, in GRE only.</summary>
    public const ushort Erspan2 = 0x88BE;

    /// <summary>ERSPAN type III, in GRE only.</summary>
    public const ushort Erspan3 = 0x22EB;

    /// <summary>Internet Protocol version 6.</summary>
    public const ushort Ipv6 = 0x86DD;

    /// <summary>IEEE 802.2 LLC in a frame too long for a length field.</summary>
    public const ushort JumboLlc = 0x8870;

    /// <summary>IEEE 802.1ad service VLAN tag.</summary>
    public const ushort ServiceVlan = 0x88A8;

    /// <summary>The service tag of equipment older than IEEE 802.1ad.</summary>
    public const ushort OldServiceVlan = 0x9100;
}
