using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 8926 section 3.4:
//
//   version (2 bits) 0 | options length (6), in units of 4 bytes | O (1) | C (1) | reserved (6) | protocol type (2) | VNI (3) | reserved (1)
//   { option class (2) | type (1) | reserved (3 bits) | length (5), in units of 4 bytes | data }*

/// <summary>Generic Network Virtualization Encapsulation.</summary>
internal static class GeneveHeader
{
    /// <summary>Reads the header and steps over its options, whose lengths must add up. The identifier is the VNI.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || bytes[0] >> 6 != 0 || (bytes[1] & 0x3F) != 0 || bytes[7] != 0) return Encapsulation.NotThis;
        var length = FixedLength + ((bytes[0] & 0x3F) * 4);
        if (bytes.Length < length) return Encapsulation.NotThis;
        var at = FixedLength;
        while (at < length) at += 4 + ((bytes[at + 3] & 0x1F) * 4);
        if (at != length) return Encapsulation.NotThis;
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var vni = (uint)((bytes[4] << 16) | (bytes[5] << 8) | bytes[6]);
        return new(length, type) { Name = "geneve", Id = vni };
    }

    private const int FixedLength = 8;
}
