using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Packets.Tunnels;

/// <summary>
/// Whether bytes are an IP packet, or EAPOL, beyond doubt. A tunnel over UDP is known by a port alone, which anybody may use, and its header has few fields that
/// could be wrong: the packet inside decides.
/// </summary>
internal static class InnerPacket
{
    /// <summary>True where an IP header or an EAPOL frame stands at <paramref name="at"/>, or behind the link headers that stand there.</summary>
    /// <param name="bytes">What was captured.</param>
    /// <param name="at">Where the inner header begins.</param>
    /// <param name="type">What it is.</param>
    /// <param name="end">Where the tunnel's payload ended on the wire.</param>
    public static bool IsSound(ReadOnlySpan<byte> bytes, int at, ushort type, int end)
    {
        for (var depth = 0; depth < MaxHeaders && at <= bytes.Length; depth++)
        {
            var inner = bytes[at..];
            if (type == EtherType.Ipv4) return IsIpv4(inner, (long)end - at);
            if (type == EtherType.Ipv6) return IsIpv6(inner, (long)end - at);
            if (type == EtherType.Eapol) return EapolHeader.IsSound(inner, end - at);
            Encapsulation header;
            if (type == EtherType.Ethernet) header = EthernetHeader.Read(inner);
            else if (VlanTag.Is(type)) header = VlanTag.Read(inner);
            else if (type == EtherType.Ppp) header = PppHeader.Read(inner);
            else if (type == EtherType.Ieee80211) header = Ieee80211Header.Read(inner);
            else if (type == EtherType.AggregateMsdu) header = AggregateMsdu.Read(inner);
            else if (type == EtherType.Nsh) header = NshHeader.Read(inner);
            else return false;
            if (header.EtherType == EtherType.None || header.HeaderLength > inner.Length) return false;
            (at, type) = (at + header.HeaderLength, header.EtherType);
        }

        return false;
    }

    private static bool IsIpv4(ReadOnlySpan<byte> packet, long room)
    {
        if (packet.Length < Ipv4Header.MinimumLength || packet[0] >> 4 != 4) return false;
        var headerLength = (packet[0] & 0x0F) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (headerLength < Ipv4Header.MinimumLength || packet.Length < headerLength || total < headerLength || total > room) return false;
        var sum = 0u;
        for (var at = 0; at < headerLength; at += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)(sum + (sum >> 16)) == 0xFFFF;
    }

    /// <summary>IPv6 has no checksum: the length and the next header must fit.</summary>
    private static bool IsIpv6(ReadOnlySpan<byte> packet, long room)
    {
        if (packet.Length < Ipv6Header.FixedLength || packet[0] >> 4 != 6) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        return length > 0 && Ipv6Header.FixedLength + length <= room && packet[7] > 0 && IsNextHeader(packet[6]);
    }

    private static bool IsNextHeader(byte protocol) => protocol is IpProtocol.HopByHop or IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Ipv4
        or IpProtocol.Ipv6 or IpProtocol.Routing or IpProtocol.Fragment or IpProtocol.Gre or IpProtocol.AuthenticationHeader or IpProtocol.Icmpv6
        or IpProtocol.DestinationOptions or IpProtocol.Esp or IpProtocol.Sctp;

    private const int MaxHeaders = 6;
}
