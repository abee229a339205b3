using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// draft-foschiano-erspan-03 sections 4.2 and 4.3, behind GRE:
//
//   version (4 bits) | VLAN (12) | class (3) | encapsulation (2) | truncated (1) | session (10) | ...
//
// Type II (version 1) has 8 bytes. Type III (version 2) has 12, of which the last two hold P (1 bit) | frame type (5) | hardware (6) |
// direction (1) | granularity (2) | O (1); with O another 8 follow.

/// <summary>A mirrored frame on its way to who collects it.</summary>
internal static class ErspanHeader
{
    /// <summary>Reads type II or III. The identifier is the session.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Type2Length) return new(Type2Length, EtherType.None);
        var session = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) & 0x03FFu;
        switch (bytes[0] >> 4)
        {
            case 1:
                return new(Type2Length, EtherType.Ethernet) { Name = "erspan", Id = session };
            case 2 when bytes.Length < Type3Length:
                return new(Type3Length, EtherType.None);
            case 2:
                var rest = BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
                var length = Type3Length + ((rest & 1) != 0 ? PlatformLength : 0);
                return new(length, ((rest >> 10) & 0x1F) switch { 0 => EtherType.Ethernet, 2 => IpAt(bytes, length), _ => EtherType.None }) { Name = "erspan", Id = session };
            default:
                return new(Type2Length, EtherType.None) { Name = "erspan" };
        }
    }

    private static ushort IpAt(ReadOnlySpan<byte> bytes, int at) => bytes.Length > at && bytes[at] >> 4 == 6 ? EtherType.Ipv6 : EtherType.Ipv4;

    private const int Type2Length = 8;
    private const int Type3Length = 12;
    private const int PlatformLength = 8;
}
