using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Tunnels;

namespace HandshakeToMermaid.Catalogs;

/// <summary>The one place that says which link type is read by what. A new one is a file in Packets/Link and a line here.</summary>
internal static class LinkTypeCatalog
{
    /// <summary>Every link type that is read.</summary>
    public static IReadOnlyList<LinkReader> All { get; } =
    [
        new(LinkType.Null, "BSD loopback", LoopbackHeader.Read),
        new(LinkType.Ethernet, "Ethernet", EthernetHeader.Read),
        new(new(9), "PPP", PppHeader.Read),
        new(new(12), "raw IP", RawIp.Read), // DLT_RAW as most systems number it, written to files by mistake
        new(new(14), "raw IP", RawIp.Read), // DLT_RAW as OpenBSD numbers it
        new(new(50), "PPP in HDLC-like framing", PppHeader.Read),
        new(new(51), "PPPoE", PppoeHeader.Read),
        new(LinkType.Raw, "raw IP", RawIp.Read),
        new(new(105), "IEEE 802.11", Ieee80211Header.Read),
        new(LinkType.Loop, "OpenBSD loopback", LoopbackHeader.Read),
        new(LinkType.LinuxSll, "Linux cooked v1", LinuxCookedHeader.Read),
        new(new(119), "IEEE 802.11 with Prism header", RadiotapHeader.ReadPrism),
        new(new(127), "IEEE 802.11 with radiotap header", RadiotapHeader.Read),
        new(new(163), "IEEE 802.11 with AVS header", RadiotapHeader.ReadAvs),
        new(new(192), "Per-Packet Information", RadiotapHeader.ReadPpi),
        new(LinkType.Ipv4, "raw IPv4", RawIp.ReadIpv4),
        new(LinkType.Ipv6, "raw IPv6", RawIp.ReadIpv6),
        new(new(239), "Linux netfilter log", NflogHeader.Read),
        new(LinkType.LinuxSll2, "Linux cooked v2", LinuxCooked2Header.Read),
    ];

    /// <summary>The usual name of the link type, with its number: "Ethernet (link type 1)"; "link type 4711" where it has no name here.</summary>
    public static string NameOf(LinkType type)
    {
        foreach (var reader in All)
        {
            if (reader.Type == type) return $"{reader.Name} (link type {type.Code})";
        }

        return Unparsed(type.Code) is { } name ? $"{name} (link type {type.Code})" : $"link type {type.Code}";
    }

    /// <summary>Links that users meet and that are not read, so that the message can name them.</summary>
    private static string? Unparsed(ushort code) => code switch
    {
        3 => "AX.25",
        6 => "Token Ring",
        10 => "FDDI",
        104 => "Cisco HDLC",
        107 => "Frame Relay",
        117 => "OpenBSD pflog",
        187 => "Bluetooth HCI",
        189 or 220 => "USB, Linux",
        195 or 230 => "IEEE 802.15.4",
        201 => "Bluetooth HCI with direction",
        227 => "CAN bus",
        249 => "USBPcap",
        252 => "Wireshark upper PDU",
        253 => "Linux netlink",
        258 => "Apple PKTAP",
        _ => null,
    };
}
