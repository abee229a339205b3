using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 3378 section 3: version (4 bits) 3 | reserved (12) 0 | Ethernet frame. IEEE 802.1ah section 9.7: priority and flags (1) | I-SID (3) | Ethernet frame.

/// <summary>Ethernet behind a short header: over IP, and in a provider's backbone.</summary>
internal static class EtherIpHeader
{
    /// <summary>Reads EtherIP.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        return bytes[0] == 0x30 && bytes[1] == 0 ? new(Length, EtherType.Ethernet) { Name = "etherip" } : new(Length, EtherType.None) { IsUnread = true };
    }

    /// <summary>Reads the service tag of Provider Backbone Bridges. The identifier is the I-SID.</summary>
    public static Encapsulation ReadBackbone(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < BackboneLength) return new(BackboneLength, EtherType.None);
        return new(BackboneLength, EtherType.Ethernet) { Name = "pbb", Id = (uint)((bytes[1] << 16) | (bytes[2] << 8) | bytes[3]) };
    }

    private const int Length = 2;
    private const int BackboneLength = 4;
}
