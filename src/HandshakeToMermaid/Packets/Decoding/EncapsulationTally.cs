using System.Globalization;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Packets.Decoding;

/// <summary>
/// Counts frames by the tunnel or link protocol that hides their packets, so that a capture without a handshake can say where
/// to look. Other protocols that are not followed (ARP, OSPF) hide nothing and are not counted.
/// </summary>
internal sealed class EncapsulationTally
{
    private readonly Dictionary<int, FrameTally> seen = [];

    /// <summary>What was met, most frames first.</summary>
    public IReadOnlyList<UnparsedEncapsulation> All => [.. seen.Select(s => new UnparsedEncapsulation(NameOf(s.Key), s.Value)).OrderByDescending(e => e.Tally.Frames)];

    /// <summary>A frame whose link or tunnel header names an EtherType that is not read.</summary>
    public void EtherType(ushort type, long frame)
    {
        if (NameOfEtherType(type) is not null) Count(EtherTypes + type, frame);
    }

    /// <summary>A frame that holds what cannot be looked into, by the type that its reader gave it; false where the type is no such thing.</summary>
    public bool Hidden(ushort type, long frame)
    {
        if (NameOfHidden(type) is null) return false;
        Count(HiddenTypes + type, frame);
        return true;
    }

    /// <summary>A packet of an IP protocol that is not read.</summary>
    public void IpProtocol(byte protocol, long frame)
    {
        if (NameOfIpProtocol(protocol) is not null) Count(protocol, frame);
    }

    /// <summary>A datagram to a port. One from a well-known port is an answer: a client may have any port.</summary>
    public void UdpPort(ushort source, ushort port, long frame)
    {
        if (source >= FirstRegisteredPort && NameOfUdpPort(port) is not null) Count(UdpPorts + port, frame);
    }

    private void Count(int key, long frame)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out _);
        tally = tally.And(frame);
    }

    private static string NameOf(int key) => key switch
    {
        >= HiddenTypes => NameOfHidden((ushort)(key - HiddenTypes))!,
        >= EtherTypes => string.Create(CultureInfo.InvariantCulture, $"{NameOfEtherType((ushort)(key - EtherTypes))} (EtherType 0x{key - EtherTypes:x4})"),
        >= UdpPorts => string.Create(CultureInfo.InvariantCulture, $"{NameOfUdpPort((ushort)(key - UdpPorts))} (UDP port {key - UdpPorts})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{NameOfIpProtocol((byte)key)} (IP protocol {key})"),
    };

    private static string? NameOfHidden(ushort type) => type switch
    {
        Link.EtherType.ProtectedIeee80211 => "encrypted IEEE 802.11 data",
        Link.EtherType.HiddenPpp => "compressed or encrypted PPP data",
        Link.EtherType.FrameFragment => "fragments of link frames",
        Link.EtherType.ProtectedCapwap => "CAPWAP data protected by DTLS",
        _ => null,
    };

    // IANA and IEEE registries.
    private static string? NameOfEtherType(ushort type) => type switch
    {
        0x22F3 => "TRILL",
        0x8847 or 0x8848 => "MPLS",
        0x888E => "EAPOL",
        0x88E5 => "MACsec",
        _ => null,
    };

    private static string? NameOfIpProtocol(byte protocol) => protocol switch
    {
        47 => "GRE",
        50 => "ESP",
        94 => "IP in IP",
        97 => "EtherIP",
        115 => "L2TP",
        137 => "MPLS in IP",
        _ => null,
    };

    private static string? NameOfUdpPort(ushort port) => port switch
    {
        1194 => "OpenVPN",
        4500 => "ESP in UDP",
        37008 => "TZSP",
        51820 => "WireGuard",
        _ => null,
    };

    /// <summary>System ports end before it (RFC 6335 section 6).</summary>
    private const ushort FirstRegisteredPort = 1024;

    private const int UdpPorts = 0x1_0000;
    private const int EtherTypes = 0x2_0000;
    private const int HiddenTypes = 0x3_0000;
}
