using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 2784, with the key and sequence number of RFC 2890:
//
//   C (1 bit) | R (1) | K (1) | S (1) | ... | version (3 bits) | protocol type (2) | [checksum (2) | reserved (2)] | [key (4)] | [sequence number (4)]
//
// Version 1 is that of PPTP (RFC 2637 section 4.1): the key holds the payload's length and the call, an acknowledgment (A, 0x0080) may follow.
// Source routes (R, RFC 1701) are not read. In ERSPAN (draft-foschiano-erspan) the lack of a sequence number means type I, which has no header of its own.

/// <summary>Generic Routing Encapsulation.</summary>
internal static class GreHeader
{
    /// <summary>Reads the header. The identifier is the key.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength) return new(FixedLength, EtherType.None);
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var version = flags & 7;
        var isOther = version > 1 || (flags & Routing) != 0 || (version == 1 && (type != EtherType.Ppp || (flags & Key) == 0));
        if (isOther) return new(FixedLength, EtherType.None) { IsUnread = true };

        var at = FixedLength;
        if ((flags & Checksum) != 0) at += 4;
        uint key = 0;
        if ((flags & Key) != 0)
        {
            if (bytes.Length < at + 4) return new(at + 4, EtherType.None) { Name = "gre" };
            key = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            at += 4;
        }

        if ((flags & Sequence) != 0) at += 4;
        if (version == 1)
        {
            if ((flags & Acknowledgment) != 0) at += 4;
            return new(at, (flags & Sequence) != 0 ? EtherType.Ppp : EtherType.None) { Name = "gre", Id = key & 0xFFFF };
        }

        if (type == EtherType.Erspan2 && (flags & Sequence) == 0) type = EtherType.Ethernet;
        return new(at, type) { Name = "gre", Id = key };
    }

    private const int FixedLength = 4;
    private const int Checksum = 0x8000;
    private const int Routing = 0x4000;
    private const int Key = 0x2000;
    private const int Sequence = 0x1000;
    private const int Acknowledgment = 0x0080;
}
