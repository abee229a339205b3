using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.2 LLC, with the Subnetwork Access Protocol of RFC 1042:
//
//   DSAP (1) | SSAP (1) | control (1) | organization code (3) | EtherType (2)
//
// Only unnumbered information (control 3) carries IP; everything else (spanning tree, NetBIOS, ...) is not read.

/// <summary>The LLC header of a frame whose type field is a length.</summary>
internal static class LlcHeader
{
    internal static Encapsulation Read(ReadOnlySpan<byte> bytes, int offset)
    {
        if (bytes.Length < offset + LlcLength) return new(offset + LlcLength, EtherType.None);
        var (dsap, control) = (bytes[offset], bytes[offset + 2]);
        if (control != UnnumberedInformation) return new(offset + LlcLength, EtherType.None);
        if (dsap == IpSap) return new(offset + LlcLength, EtherType.Ipv4);
        if (dsap != SnapSap) return new(offset + LlcLength, EtherType.None);
        if (bytes.Length < offset + SnapLength) return new(offset + SnapLength, EtherType.None);
        var organization = (bytes[offset + 3] << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 4)..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 6)..]);
        return new(offset + SnapLength, organization is EncapsulatedEthernet or BridgeTunnel ? type : EtherType.None);
    }

    private const int LlcLength = 3;
    private const int SnapLength = 8;
    private const byte UnnumberedInformation = 3;
    private const byte IpSap = 0x06;
    private const byte SnapSap = 0xAA;
    private const int EncapsulatedEthernet = 0x000000;
    private const int BridgeTunnel = 0x0000F8;
}
