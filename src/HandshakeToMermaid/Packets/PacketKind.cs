namespace HandshakeToMermaid.Packets;

/// <summary>What a frame turned out to hold.</summary>
internal enum PacketKind
{
    /// <summary>Something that is not followed here: ARP, another IP protocol, an ICMP message that quotes nothing.</summary>
    Other,

    /// <summary>A TCP segment.</summary>
    Tcp,

    /// <summary>A UDP datagram.</summary>
    Udp,

    /// <summary>An EAPOL frame (IEEE 802.1X) that carries EAP, or asks for it.</summary>
    Eapol,

    /// <summary>An ICMP error that quotes the packet that caused it.</summary>
    IcmpError,

    /// <summary>An IP fragment that waits for the others.</summary>
    Fragment,

    /// <summary>Headers are missing because the snapshot length was too short.</summary>
    CutShort,

    /// <summary>Headers that contradict themselves.</summary>
    Broken,

    /// <summary>A link type that is not read here.</summary>
    UnsupportedLink,
}
