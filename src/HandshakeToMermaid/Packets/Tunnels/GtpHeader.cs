using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

// 3GPP TS 29.281 sections 5.1 and 5.2:
//
//   version (3 bits) 1 | protocol type (1) 1 | spare (1) | E (1) | S (1) | PN (1) | message type (1) | length (2) | TEID (4)
//   with any of E, S, PN: sequence number (2) | N-PDU number (1) | next extension header (1)
//   { length (1), in units of 4 bytes | content | next extension header (1) }*
//
// The length counts from behind the TEID. Only message 255 (G-PDU) carries a user's packet; others are signalling.

/// <summary>The user plane of the GPRS Tunnelling Protocol.</summary>
internal static class GtpHeader
{
    /// <summary>Reads a G-PDU and steps over its extension headers. The identifier is the TEID, which is another one each way.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || (bytes[0] & 0xF8) != Version1 || bytes[1] != UserData) return Encapsulation.NotThis;
        var end = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var at = FixedLength;
        if ((bytes[0] & 7) != 0)
        {
            at += OptionalLength;
            if (bytes.Length < at) return Encapsulation.NotThis;
            var next = (bytes[0] & ExtensionFlag) != 0 ? bytes[at - 1] : 0;
            while (next != 0)
            {
                if (bytes.Length <= at || bytes[at] == 0 || bytes.Length < at + (bytes[at] * 4)) return Encapsulation.NotThis;
                at += bytes[at] * 4;
                next = bytes[at - 1];
            }
        }

        if (at >= end || bytes.Length <= at) return Encapsulation.NotThis;
        ushort type = (bytes[at] >> 4) switch { 4 => EtherType.Ipv4, 6 => EtherType.Ipv6, _ => EtherType.Ethernet };
        return new(at, type) { Name = "gtp", Id = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), End = end };
    }

    private const int FixedLength = 8;
    private const int OptionalLength = 4;
    private const byte Version1 = 0x30;
    private const byte UserData = 255;
    private const byte ExtensionFlag = 4;
}
