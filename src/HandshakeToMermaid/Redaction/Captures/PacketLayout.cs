using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Where the headers of a frame lie. Only what is rewritten: TCP, UDP and ICMP straight over IP, no fragments.</summary>
/// <param name="Ip">Where the IP header begins.</param>
/// <param name="IsIpv6">True for IPv6.</param>
/// <param name="Protocol">TCP, UDP, ICMP or ICMPv6.</param>
/// <param name="Transport">Where its header begins.</param>
/// <param name="Payload">Where its payload begins; for ICMP where the quoted packet begins.</param>
/// <param name="End">Where the packet ends, as far as it was captured.</param>
/// <param name="IsWhole">True where all of it was captured.</param>
internal readonly record struct PacketLayout(int Ip, bool IsIpv6, byte Protocol, int Transport, int Payload, int End, bool IsWhole)
{
    /// <summary>Finds the headers, behind VLAN tags too; null for a frame that holds nothing that is rewritten.</summary>
    public static PacketLayout? Of(ReadOnlySpan<byte> frame, LinkType link, IReadOnlyList<LinkReader> links)
    {
        foreach (var reader in links)
        {
            if (reader.Type != link) continue;
            var header = reader.Read(frame);
            var at = header.HeaderLength;
            for (var tags = 0; tags < MaxTags && VlanTag.Is(header.EtherType) && at < frame.Length; tags++)
            {
                header = VlanTag.Read(frame[at..]);
                at += header.HeaderLength;
            }

            if (header.Fault.IsFault || at >= frame.Length) return null;
            return header.EtherType switch { EtherType.Ipv4 => OfIpv4(frame, at), EtherType.Ipv6 => OfIpv6(frame, at), _ => null };
        }

        return null;
    }

    /// <summary>The addresses of the packet.</summary>
    public (IpAddress Source, IpAddress Destination) Addresses(ReadOnlySpan<byte> frame) => IsIpv6
        ? (IpAddress.FromBytes(frame.Slice(Ip + 8, 16)), IpAddress.FromBytes(frame.Slice(Ip + 24, 16)))
        : (IpAddress.FromBytes(frame.Slice(Ip + 12, 4)), IpAddress.FromBytes(frame.Slice(Ip + 16, 4)));

    /// <summary>The header of a packet that an ICMP error quotes; null where none is quoted whole.</summary>
    public static PacketLayout? OfQuoted(ReadOnlySpan<byte> frame, int at, int end)
    {
        if (at >= end) return null;
        return (frame[at] >> 4) switch { 4 => OfIpv4(frame[..end], at, isQuoted: true), 6 => OfIpv6(frame[..end], at, isQuoted: true), _ => null };
    }

    private static PacketLayout? OfIpv4(ReadOnlySpan<byte> frame, int ip, bool isQuoted = false)
    {
        if (frame.Length < ip + 20 || frame[ip] >> 4 != 4) return null;
        var length = (frame[ip] & 0xF) * 4;
        var total = (int)BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 2)..]);
        if (total == 0) total = frame.Length - ip; // TCP segmentation offload
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 6)..]) & 0x3FFF) != 0;
        if (length < 20 || isFragment || frame.Length < ip + length) return null;
        return OfTransport(frame, ip, isIpv6: false, frame[ip + 9], ip + length, ip + total, isQuoted);
    }

    private static PacketLayout? OfIpv6(ReadOnlySpan<byte> frame, int ip, bool isQuoted = false)
    {
        if (frame.Length < ip + 40 || frame[ip] >> 4 != 6) return null;
        var total = (int)BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 4)..]);
        return OfTransport(frame, ip, isIpv6: true, frame[ip + 6], ip + 40, total == 0 ? frame.Length : ip + 40 + total, isQuoted);
    }

    private static PacketLayout? OfTransport(ReadOnlySpan<byte> frame, int ip, bool isIpv6, byte protocol, int transport, int whole, bool isQuoted)
    {
        var end = Math.Min(frame.Length, whole);
        if (isQuoted) return new PacketLayout(ip, isIpv6, protocol, transport, Math.Min(end, transport + 8), end, end == whole);
        int payload;
        switch (protocol)
        {
            case IpProtocol.Tcp when end >= transport + 20:
                payload = transport + ((frame[transport + 12] >> 4) * 4);
                break;
            case IpProtocol.Udp or IpProtocol.Icmp or IpProtocol.Icmpv6 when end >= transport + 8:
                payload = transport + 8;
                break;
            default:
                return null;
        }

        return payload < transport + 8 || payload > end ? null : new PacketLayout(ip, isIpv6, protocol, transport, payload, end, end == whole);
    }

    private const int MaxTags = 8;
}
