using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 2661 section 3.1:
//
//   T (1 bit) | L (1) | x (2) | S (1) | x (1) | O (1) | P (1) | x (4) | version (4) 2 | [length (2)] | tunnel (2) | session (2) |
//   [Ns (2) | Nr (2)] | [offset size (2) | offset padding] | PPP
//
// T is 0 for data. Control messages and version 3 (RFC 3931) are not read.

/// <summary>Layer Two Tunneling Protocol, version 2, over UDP.</summary>
internal static class L2tpHeader
{
    /// <summary>Reads a data message and the PPP protocol behind it. The identifier is tunnel and session, which are others each way.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortestLength) return Encapsulation.NotThis;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if ((flags & (Control | Reserved | 0xF)) != Version2) return Encapsulation.NotThis;
        var at = 2;
        int? end = null;
        if ((flags & LengthFlag) != 0)
        {
            end = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            at += 2;
        }

        if (bytes.Length < at + 4) return Encapsulation.NotThis;
        var id = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        at += (flags & SequenceFlag) != 0 ? 8 : 4;
        if ((flags & OffsetFlag) != 0)
        {
            if (bytes.Length < at + 2) return Encapsulation.NotThis;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        }

        if (bytes.Length <= at || end < at) return Encapsulation.NotThis;
        var ppp = PppHeader.Read(bytes[at..]);
        return ppp with { HeaderLength = at + ppp.HeaderLength, Name = "l2tp", Id = id, End = end };
    }

    private const int ShortestLength = 6;
    private const int Control = 0x8000;
    private const int LengthFlag = 0x4000;
    private const int SequenceFlag = 0x0800;
    private const int OffsetFlag = 0x0200;
    private const int Reserved = 0x34F0;
    private const int Version2 = 2;
}
