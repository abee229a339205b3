using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 8300 section 2.2:
//
//   version (2 bits) 0 | O (1) | U (1) | time to live (6) | length (6), in units of 4 bytes | U (4) | metadata type (4) | next protocol (1) | service path (3) | index (1) | ...

/// <summary>The Network Service Header.</summary>
internal static class NshHeader
{
    /// <summary>Steps over the header and its metadata. The identifier is the service path.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortestLength) return new(ShortestLength, EtherType.None);
        var length = (bytes[1] & 0x3F) * 4;
        if (bytes[0] >> 6 != 0 || length < ShortestLength) return new(ShortestLength, EtherType.None);
        ushort type = bytes[3] switch { 1 => EtherType.Ipv4, 2 => EtherType.Ipv6, 3 => EtherType.Ethernet, 5 => EtherType.Mpls, _ => EtherType.None };
        return new(length, type) { Name = "nsh", Id = (uint)((bytes[4] << 16) | (bytes[5] << 8) | bytes[6]) };
    }

    private const int ShortestLength = 8;
}
