using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.1Q section 9.6, behind the tag's type:
//
//   priority (3 bits) | drop eligible (1) | VLAN identifier (12) | EtherType or length (2)
//
// Identifier 0 is a priority tag, which names no VLAN.

/// <summary>A customer or service VLAN tag.</summary>
internal static class VlanTag
{
    /// <summary>True for the types of a tag.</summary>
    public static bool Is(ushort type) => type is EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan;

    /// <summary>Reads the tag behind its type.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        var id = BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x0FFF;
        return EthernetHeader.ReadFromType(bytes, 2) with { Name = id == 0 ? null : "vlan", Id = (uint)id };
    }

    private const int Length = 4;
}
