using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_NFLOG:
//
//   family (1) | version (1) 0 | resource (2) | { length (2) | type (2) | value | padding to 4 bytes }*
//
// Lengths and types are in the byte order of the capturing machine. Type 9 is the packet, from its network header on.

/// <summary>A packet that netfilter logged.</summary>
internal static class NflogHeader
{
    /// <summary>Finds the packet.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[1] != 0) return new(HeaderLength, EtherType.None);
        return Find(bytes, isBigEndian: false) ?? Find(bytes, isBigEndian: true) ?? new(HeaderLength, EtherType.None);
    }

    /// <summary>The packet, where the attributes in front of it have sound lengths in this byte order; it may be cut off.</summary>
    private static Encapsulation? Find(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        for (var at = HeaderLength; at + AttributeLength <= bytes.Length;)
        {
            int length = Number(bytes[at..], isBigEndian);
            var type = Number(bytes[(at + 2)..], isBigEndian);
            if (length < AttributeLength || type > LastType) return null;
            if (type == Payload) return bytes[0] switch { Inet => new(at + AttributeLength, EtherType.Ipv4), Inet6 => new(at + AttributeLength, EtherType.Ipv6), _ => null };
            at += (length + 3) & ~3;
        }

        return null;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private const int HeaderLength = 4;
    private const int AttributeLength = 4;
    private const byte Inet = 2;
    private const byte Inet6 = 10;
    private const ushort Payload = 9;

    /// <summary>Far above those of linux/netfilter/nfnetlink_log.h, far below a number in the wrong byte order.</summary>
    private const ushort LastType = 255;
}
