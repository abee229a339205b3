using System.Buffers.Binary;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Where the headers of a packet lie: TCP, UDP or ICMP over IP, a fragment of IP, or EAPOL, which has no headers but that of its link.</summary>
/// <param name="Ip">Where the IP header begins; -1 for EAPOL.</param>
/// <param name="IsIpv6">True for IPv6.</param>
/// <param name="Protocol">TCP, UDP, ICMP or ICMPv6; of a fragment, what it says.</param>
/// <param name="Transport">Where its header begins.</param>
/// <param name="Payload">Where its payload begins; for ICMP where the quoted packet begins, of a fragment its part of the datagram, of EAPOL its header.</param>
/// <param name="End">Where the packet ends, as far as it was captured.</param>
/// <param name="IsWhole">True where all of it was captured.</param>
internal readonly record struct PacketLayout(int Ip, bool IsIpv6, byte Protocol, int Transport, int Payload, int End, bool IsWhole)
{
    /// <summary>Which part of a datagram it is; null for a whole one.</summary>
    public FragmentPart? Fragment { get; init; }

    /// <summary>True for EAPOL.</summary>
    public bool IsEapol => Ip < 0;

    /// <summary>An EAPOL frame; null where its header is not there as a whole.</summary>
    public static PacketLayout? OfEapol(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + 4) return null;
        var end = at + 4 + BinaryPrimitives.ReadUInt16BigEndian(frame[(at + 2)..]);
        return new PacketLayout(-1, IsIpv6: false, 0, at, at, Math.Min(frame.Length, end), end <= frame.Length);
    }

    /// <summary>The addresses of the packet.</summary>
    public (IpAddress Source, IpAddress Destination) Addresses(ReadOnlySpan<byte> frame) => IsIpv6
        ? (IpAddress.FromBytes(frame.Slice(Ip + 8, 16)), IpAddress.FromBytes(frame.Slice(Ip + 24, 16)))
        : (IpAddress.FromBytes(frame.Slice(Ip + 12, 4)), IpAddress.FromBytes(frame.Slice(Ip + 16, 4)));

    /// <summary>The endpoints of a TCP or UDP packet.</summary>
    public (IpEndpoint From, IpEndpoint To) Endpoints(ReadOnlySpan<byte> frame)
    {
        var (source, destination) = Addresses(frame);
        return (new IpEndpoint(source, BinaryPrimitives.ReadUInt16BigEndian(frame[Transport..])), new IpEndpoint(destination, BinaryPrimitives.ReadUInt16BigEndian(frame[(Transport + 2)..])));
    }

    /// <summary>How long the payload of a datagram was on the wire.</summary>
    public int PayloadLengthOfUdp(ReadOnlySpan<byte> frame)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(frame[(Transport + 4)..]) - 8;
        return length >= 0 ? length : End - Payload;
    }

    /// <summary>The header of a packet that an ICMP error quotes; null where none is quoted whole.</summary>
    public static PacketLayout? OfQuoted(ReadOnlySpan<byte> frame, int at, int end)
    {
        if (at >= end) return null;
        var header = (frame[at] >> 4) switch { 4 => HeaderOfIpv4(frame[..end], at), 6 => HeaderOfIpv6(frame[..end], at), _ => null };
        return header is { Fragment: null } found ? found with { Payload = Math.Min(found.End, found.Transport + 8) } : null;
    }

    /// <summary>An IPv4 header; null where there is none.</summary>
    public static PacketLayout? HeaderOfIpv4(ReadOnlySpan<byte> frame, int ip)
    {
        if (frame.Length < ip + 20 || frame[ip] >> 4 != 4) return null;
        var length = (frame[ip] & 0xF) * 4;
        var total = (int)BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 2)..]);
        if (total == 0) total = frame.Length - ip; // TCP segmentation offload
        if (length < 20 || total < length || frame.Length < ip + length) return null;
        var end = Math.Min(frame.Length, ip + total);
        var flags = BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 6)..]);
        var part = new FragmentPart(BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 4)..]), (flags & 0x1FFF) * 8, total - length, (flags & 0x2000) != 0);
        return new PacketLayout(ip, IsIpv6: false, frame[ip + 9], ip + length, ip + length, end, end == ip + total) { Fragment = part.IsAll ? null : part };
    }

    /// <summary>An IPv6 header; null where there is none.</summary>
    public static PacketLayout? HeaderOfIpv6(ReadOnlySpan<byte> frame, int ip)
    {
        if (frame.Length < ip + 40 || frame[ip] >> 4 != 6) return null;
        var length = (int)BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 4)..]);
        var whole = length == 0 ? frame.Length : ip + 40 + length;
        var end = Math.Min(frame.Length, whole);
        return new PacketLayout(ip, IsIpv6: true, frame[ip + 6], ip + 40, ip + 40, end, end == whole);
    }

    /// <summary>The packet with the place of its payload; null for one of another protocol, or whose header is not there as a whole.</summary>
    public PacketLayout? WithPayload(ReadOnlySpan<byte> packet)
    {
        switch (Protocol)
        {
            case IpProtocol.Tcp when End >= Transport + 20:
                var payload = Transport + ((packet[Transport + 12] >> 4) * 4);
                return payload < Transport + 20 || payload > End ? null : this with { Payload = payload };
            case IpProtocol.Udp when End >= Transport + 8:
                // A length of 0 is that of segmentation offload. What is behind the datagram is no part of it.
                var length = (int)BinaryPrimitives.ReadUInt16BigEndian(packet[(Transport + 4)..]);
                if (length is > 0 and < 8) return null;
                var end = length == 0 ? End : Math.Min(End, Transport + length);
                return this with { Payload = Transport + 8, End = end, IsWhole = length == 0 ? IsWhole : end == Transport + length };
            case IpProtocol.Icmp or IpProtocol.Icmpv6 when End >= Transport + 8:
                return this with { Payload = Transport + 8 };
            default:
                return null;
        }
    }
}
