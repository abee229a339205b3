using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 2516 section 4, session stage:
//
//   version (4 bits) 1 | type (4 bits) 1 | code (1) 0 | session identifier (2) | length (2) | PPP
//
// The length covers the PPP packet; what follows it is padding of Ethernet.

/// <summary>PPP over Ethernet.</summary>
internal static class PppoeHeader
{
    /// <summary>Reads the header and the PPP protocol behind it.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        if (bytes[0] != VersionAndType || bytes[1] != Session) return new(Length, EtherType.None);
        var ppp = PppHeader.Read(bytes[Length..]);
        return ppp with
        {
            HeaderLength = Length + ppp.HeaderLength,
            Name = "pppoe",
            Id = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            End = Length + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
        };
    }

    private const int Length = 6;
    private const byte VersionAndType = 0x11;
    private const byte Session = 0;
}
