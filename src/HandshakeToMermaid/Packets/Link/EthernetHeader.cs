using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.3 / Ethernet II, IEEE 802.2 LLC and SNAP (RFC 1042)
//
//   destination (6) | source (6) | EtherType or length (2) | ...
//
// Addresses are not stored, but it is said where they are. A frame check sequence at the end is cut off by the IP length. VLAN tags are read by VlanTag.

/// <summary>The header of an Ethernet frame, and the type field that other link headers share with it.</summary>
internal static class EthernetHeader
{
    /// <summary>Reads addresses and type, and LLC where the type is a length.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes) => ReadFromType(bytes, TypeOffset) with { SourceAt = SourceOffset, DestinationAt = 0 };

    /// <summary>Reads on from the EtherType at <paramref name="offset"/>.</summary>
    internal static Encapsulation ReadFromType(ReadOnlySpan<byte> bytes, int offset)
    {
        if (bytes.Length < offset + 2) return new(offset + 2, EtherType.None);
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
        return type is <= EtherType.LongestLength or EtherType.JumboLlc ? LlcHeader.Read(bytes, offset + 2) : new(offset + 2, type);
    }

    private const int TypeOffset = 12;
    private const int SourceOffset = 6;
}
