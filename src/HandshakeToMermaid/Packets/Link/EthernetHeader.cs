using System.Buffers.Binary;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.3 / Ethernet II, IEEE 802.1Q and 802.1ad tags, IEEE 802.2 LLC and SNAP (RFC 1042)
//
//   destination (6) | source (6) | { tag type (2) | tag control (2) }* | EtherType or length (2) | ...
//
// Addresses, VLAN identifiers and priorities are not stored. A frame check sequence at the end is cut off by the IP length.

/// <summary>The header of an Ethernet frame, and the EtherType chain that other link headers share with it.</summary>
internal static class EthernetHeader
{
    /// <summary>Reads addresses, tags, type, and LLC where the type is a length.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes) => ReadFromType(bytes, TypeOffset);

    /// <summary>Reads on from the EtherType at <paramref name="offset"/>.</summary>
    internal static Encapsulation ReadFromType(ReadOnlySpan<byte> bytes, int offset)
    {
        for (var tags = 0; ; tags++, offset += TagLength)
        {
            if (bytes.Length < offset + 2) return new(offset + 2, EtherType.None);
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
            if (type is EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan)
            {
                if (tags < MaxTags) continue;
                return new(offset, EtherType.None, new WireFault(FaultKind.TooLong, offset, "802.1Q tag"));
            }

            if (type is <= EtherType.LongestLength or EtherType.JumboLlc) return LlcHeader.Read(bytes, offset + 2);
            return new(offset + 2, type);
        }
    }

    private const int TypeOffset = 12;
    private const int TagLength = 4;

    /// <summary>Two are usual, three are seen with providers of providers.</summary>
    private const int MaxTags = 8;
}
