using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_PPP and LINKTYPE_PPP_HDLC: address 0xFF and control 0x03 (RFC 1662 section 3.1), which both sides may leave out,
// then the protocol (RFC 1661 section 2) in two bytes, or in one where that is odd.

/// <summary>The header of the Point-to-Point Protocol.</summary>
internal static class PppHeader
{
    /// <summary>Reads the protocol; IPv4 is 0x0021, IPv6 0x0057, MPLS 0x0281. What is compressed or encrypted cannot be read.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        var at = bytes is [0xFF, 0x03, ..] ? 2 : 0;
        if (bytes.Length < at + 2) return new(at + 2, EtherType.None);
        var isShort = (bytes[at] & 1) != 0;
        var protocol = isShort ? bytes[at] : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        return new(at + (isShort ? 1 : 2), protocol switch
        {
            0x21 => EtherType.Ipv4,
            0x57 => EtherType.Ipv6,
            0x281 => EtherType.Mpls,
            0x283 => EtherType.UpstreamMpls,
            0x53 or 0x55 or 0xFB or 0xFD => EtherType.HiddenPpp, // RFC 1968, RFC 1962
            _ => EtherType.None,
        });
    }
}
