using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 5415 section 4.3:
//
//   version (4 bits) 0 | type (4) 0 | header length (5), in units of 4 bytes | radio (5) | binding (5) | T (1) | F (1) | L (1) | W (1) | M (1) | K (1) | flags (3) |
//   fragment identifier (2) | fragment offset (13 bits) | reserved (3) | [radio address] | [wireless information]
//
// Type 1 is DTLS. T says that the frame is of the radio's own kind, for binding 1 (RFC 5416) an 802.11 one; it is an 802.3 frame elsewhere.
// Fragments are not put together.

/// <summary>Frames between an access point and its controller.</summary>
internal static class CapwapHeader
{
    /// <summary>Reads the header of the data channel.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortestLength) return Encapsulation.NotThis;
        if (bytes[0] == Encrypted) return IsDtlsRecord(bytes[DtlsOffset..]) ? new(DtlsOffset, EtherType.ProtectedCapwap) { Name = "capwap" } : Encapsulation.NotThis;
        var header = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var length = (int)((header >> 19) & 0x1F) * 4;
        if (bytes[0] != 0 || length < ShortestLength || bytes.Length < length || (header & ReservedFlags) != 0 || (bytes[7] & 7) != 0) return Encapsulation.NotThis;
        if ((header & (KeepAlive | Fragment)) == KeepAlive) return Encapsulation.NotThis;
        if ((header & Fragment) != 0) return new(length, EtherType.FrameFragment) { Name = "capwap" };
        if ((header & NativeFrame) == 0) return new(length, EtherType.Ethernet) { Name = "capwap" };
        return ((header >> 9) & 0x1F) == Ieee80211Binding ? new(length, EtherType.Ieee80211) { Name = "capwap" } : Encapsulation.NotThis;
    }

    /// <summary>A record of DTLS 1.0 or 1.2: its type and version.</summary>
    private static bool IsDtlsRecord(ReadOnlySpan<byte> bytes) => bytes is [>= 20 and <= 25, 0xFE, 0xFF or 0xFD, ..];

    private const int ShortestLength = 8;
    private const int DtlsOffset = 4;
    private const byte Encrypted = 0x01;
    private const uint NativeFrame = 0x100;
    private const uint Fragment = 0x80;
    private const uint KeepAlive = 0x08;
    private const uint ReservedFlags = 0x07;
    private const uint Ieee80211Binding = 1;
}
