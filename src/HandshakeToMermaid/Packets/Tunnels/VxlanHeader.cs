using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 7348 section 5, with the group policy of draft-smith-vxlan-group-policy:
//
//   G (1 bit) | reserved (3) | I (1) | reserved (3) | reserved or policy (3) | VNI (3) | reserved (1)
//
// VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe section 3) has its own port and names what it carries:
//
//   reserved (2 bits) | version (2) | I (1) | P (1) | B (1) | O (1) | reserved (2) | next protocol (1) | VNI (3) | reserved (1)

/// <summary>Virtual eXtensible Local Area Network.</summary>
internal static class VxlanHeader
{
    /// <summary>Reads VXLAN. The identifier is the VNI.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length || (bytes[0] & ~PolicyFlag) != VniFlag || bytes[7] != 0) return Encapsulation.NotThis;
        var hasPolicy = (bytes[0] & PolicyFlag) != 0;
        if (!hasPolicy && (bytes[1] | bytes[2] | bytes[3]) != 0) return Encapsulation.NotThis;
        return new(Length, EtherType.Ethernet) { Name = "vxlan", Id = Vni(bytes) };
    }

    /// <summary>Reads VXLAN-GPE.</summary>
    public static Encapsulation ReadGeneric(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length || (bytes[0] & 0xF9) != VniFlag || (bytes[1] | bytes[2] | bytes[7]) != 0) return Encapsulation.NotThis;
        if ((bytes[0] & NextProtocolFlag) == 0) return Read(bytes);
        ushort type = bytes[3] switch { 1 => EtherType.Ipv4, 2 => EtherType.Ipv6, 3 => EtherType.Ethernet, 4 => EtherType.Nsh, 5 => EtherType.Mpls, _ => EtherType.None };
        return type == EtherType.None ? Encapsulation.NotThis : new(Length, type) { Name = "vxlan-gpe", Id = Vni(bytes) };
    }

    private static uint Vni(ReadOnlySpan<byte> bytes) => (uint)((bytes[4] << 16) | (bytes[5] << 8) | bytes[6]);

    private const int Length = 8;
    private const byte VniFlag = 0x08;
    private const byte PolicyFlag = 0x80;
    private const byte NextProtocolFlag = 0x04;
}
