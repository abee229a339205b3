namespace HandshakeToMermaid.Capture;

/// <summary>How the first header of a frame reads: a LINKTYPE_ number of the tcpdump registry.</summary>
/// <param name="Code">The number as the capture writes it.</param>
internal readonly record struct LinkType(ushort Code)
{
    /// <summary>LINKTYPE_NULL: BSD loopback, host byte order.</summary>
    public static readonly LinkType Null = new(0);

    /// <summary>LINKTYPE_ETHERNET.</summary>
    public static readonly LinkType Ethernet = new(1);

    /// <summary>LINKTYPE_RAW: IPv4 or IPv6, by the version field.</summary>
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

    /// <summary>What people call it: "Ethernet"; "link type 999" for a number that is not named here.</summary>
    public string Name => Code switch
    {
        0 => "BSD loopback",
        1 => "Ethernet",
        3 => "AX.25",
        6 => "IEEE 802.5 Token Ring",
        7 => "ARCNET",
        8 => "SLIP",
        9 => "PPP",
        10 => "FDDI",
        // DLT_RAW was 12 on most systems and 14 on OpenBSD; captures written without a mapping carry those.
        12 or 14 or 101 => "raw IP",
        50 => "PPP in HDLC-like framing",
        51 => "PPPoE",
        99 => "Symantec Enterprise Firewall",
        100 => "ATM RFC 1483",
        104 => "Cisco HDLC",
        105 => "IEEE 802.11",
        107 => "Frame Relay",
        108 => "OpenBSD loopback",
        109 => "OpenBSD IPsec",
        113 => "Linux cooked capture v1",
        114 => "LocalTalk",
        117 => "OpenBSD pflog",
        119 => "IEEE 802.11 Prism",
        122 => "IP over Fibre Channel",
        127 => "IEEE 802.11 radiotap",
        129 => "ARCNET Linux",
        138 => "Apple IP over IEEE 1394",
        139 => "MTP2 with pseudo-header",
        140 => "MTP2",
        141 => "MTP3",
        142 => "SCCP",
        143 => "DOCSIS",
        144 => "Linux IrDA",
        >= 147 and <= 162 => $"user-defined link type {Code - 147}",
        163 => "IEEE 802.11 AVS",
        166 => "PPP with direction (pppd)",
        169 => "GPRS LLC",
        177 => "Linux LAPD",
        187 => "Bluetooth HCI H4",
        189 => "USB Linux",
        192 => "PPI",
        195 => "IEEE 802.15.4",
        197 => "ERF",
        201 => "Bluetooth HCI H4 with direction",
        203 => "LAPD",
        204 => "PPP with direction",
        205 => "Cisco HDLC with direction",
        206 => "Frame Relay with direction",
        215 => "IEEE 802.15.4 non-ASK PHY",
        220 => "USB Linux mmapped",
        224 => "Fibre Channel FC-2",
        225 => "Fibre Channel FC-2 with delimiters",
        226 => "Solaris IPNET",
        227 => "SocketCAN",
        228 => "IPv4",
        229 => "IPv6",
        230 => "IEEE 802.15.4 without FCS",
        231 => "D-Bus",
        235 => "DVB common interface",
        237 => "STANAG 5066",
        239 => "Linux NFLOG",
        240 => "Hilscher netANALYZER",
        241 => "Hilscher netANALYZER transparent",
        242 => "IP over InfiniBand",
        243 => "MPEG-2 transport stream",
        244 => "ng40",
        245 => "NFC LLCP",
        247 => "InfiniBand",
        248 => "SCTP",
        249 => "USBPcap",
        251 => "Bluetooth Low Energy link layer",
        252 => "Wireshark upper PDU",
        253 => "Linux Netlink",
        254 => "Bluetooth Linux Monitor",
        256 => "Bluetooth Low Energy with radio",
        258 => "Apple PKTAP",
        259 => "Ethernet passive optical network",
        264 => "ISO 14443",
        265 => "Radio Data System",
        266 => "USB Darwin",
        270 => "LoRaTap",
        271 => "vSocket",
        272 => "Nordic BLE",
        273 => "DOCSIS 3.1 with XRA-31",
        274 => "Ethernet mPacket",
        275 => "DisplayPort AUX",
        276 => "Linux cooked capture v2",
        278 => "OpenVizsla",
        279 => "Elektrobit EBHSCR",
        280 => "VPP dispatch trace",
        281 => "Broadcom Ethernet switch tag",
        282 => "Broadcom Ethernet switch tag, prepended",
        283 => "IEEE 802.15.4 TAP",
        284 => "Marvell DSA",
        285 => "Marvell EDSA",
        289 => "Z-Wave serial",
        290 => "USB 2.0",
        292 => "ETSI TS 102 221",
        _ => $"link type {Code}",
    };

    /// <summary>The same as <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
