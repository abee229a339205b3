using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 4380 sections 5.1.1 and 2.6: an IPv6 packet, optionally behind
//
//   authentication (0x0001) | client identifier length (1) | authentication length (1) | both | nonce (8) | confirmation (1)
//   origin indication (0x0000) | obfuscated port (2) | obfuscated address (4)
//
// One end of the packet inside has an address of 2001::/32.

/// <summary>IPv6 in UDP through NAT.</summary>
internal static class TeredoHeader
{
    /// <summary>Steps over authentication and origin indication, and looks at the addresses of the IPv6 header.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        if (bytes is [0, 1, _, _, ..]) at = 4 + bytes[2] + bytes[3] + 9;
        if (bytes.Length > at && bytes[at..] is [0, 0, ..]) at += 8;
        if (bytes.Length < at + Ipv6Header.FixedLength) return Encapsulation.NotThis;
        var isTeredo = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8)..]) == Prefix || BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 24)..]) == Prefix;
        return isTeredo ? new(at, EtherType.Ipv6) { Name = "teredo" } : Encapsulation.NotThis;
    }

    private const uint Prefix = 0x2001_0000;
}
