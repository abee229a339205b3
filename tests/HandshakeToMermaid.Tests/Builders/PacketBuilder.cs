using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>
/// Frames as a host would send them, lengths and checksums right. Endpoints are texts: "192.0.2.1:443", "[2001:db8::1]:443".
/// <see cref="Tcp"/> and <see cref="Udp"/> make whole Ethernet frames; the other methods are the layers, to be put into each other.
/// </summary>
internal static class PacketBuilder
{
    /// <summary>An Ethernet frame with a TCP segment.</summary>
    public static byte[] Tcp(string source, string destination, uint sequence, uint acknowledgment, TcpFlags flags, ReadOnlySpan<byte> payload = default,
        ReadOnlySpan<byte> options = default, ushort window = 64_240, byte timeToLive = 64, ushort identification = 0)
    {
        var (from, to) = (Endpoint(source), Endpoint(destination));
        return Ethernet(Ip(from.Address, to.Address, 6, TcpSegment(from, to, sequence, acknowledgment, flags, payload, options, window), timeToLive, identification));
    }

    /// <summary>An Ethernet frame with a UDP datagram.</summary>
    public static byte[] Udp(string source, string destination, ReadOnlySpan<byte> payload, byte timeToLive = 64, ushort identification = 0)
    {
        var (from, to) = (Endpoint(source), Endpoint(destination));
        return Ethernet(Ip(from.Address, to.Address, 17, UdpDatagram(from, to, payload), timeToLive, identification));
    }

    /// <summary>An Ethernet frame with an ICMP or ICMPv6 error, by the sender's family, that quotes the first bytes of an IP packet.</summary>
    public static byte[] IcmpError(string sender, string receiver, byte type, byte code, ReadOnlySpan<byte> quotedIp, uint rest = 0)
    {
        var (from, to) = (Address(sender), Address(receiver));
        var message = new byte[8 + quotedIp.Length];
        (message[0], message[1]) = (type, code);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), rest);
        quotedIp.CopyTo(message.AsSpan(8));
        var protocol = (byte)(from.IsIpv4 ? 1 : 58);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), from.IsIpv4 ? Checksum(message) : TransportChecksum(from, to, protocol, message));
        return Ethernet(Ip(from, to, protocol, message));
    }

    /// <summary>A frame as a source would give it; <paramref name="originalLength"/> above the bytes' length says that it was cut.</summary>
    public static CapturedFrame Frame(byte[] bytes, long number = 1, long nanoseconds = 0, LinkType? link = null, uint? originalLength = null) =>
        new(new FrameMark(number, new Timestamp(nanoseconds)), link ?? LinkType.Ethernet, bytes, originalLength ?? (uint)bytes.Length);

    /// <summary>An endpoint from its text.</summary>
    public static IpEndpoint Endpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        return new(Address(text[..colon].Trim('[', ']')), ushort.Parse(text[(colon + 1)..]));
    }

    /// <summary>An address from its text.</summary>
    public static IpAddress Address(string text) => IpAddress.Parse(text) ?? throw new ArgumentException($"{text} is no address", nameof(text));

    /// <summary>A TCP header and its payload; options are padded to four bytes.</summary>
    public static byte[] TcpSegment(IpEndpoint source, IpEndpoint destination, uint sequence, uint acknowledgment, TcpFlags flags,
        ReadOnlySpan<byte> payload = default, ReadOnlySpan<byte> options = default, ushort window = 64_240)
    {
        var headerLength = 20 + ((options.Length + 3) / 4 * 4);
        var segment = new byte[headerLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        (segment[12], segment[13]) = ((byte)(headerLength / 4 << 4), (byte)flags);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), window);
        options.CopyTo(segment.AsSpan(20));
        payload.CopyTo(segment.AsSpan(headerLength));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), TransportChecksum(source.Address, destination.Address, 6, segment));
        return segment;
    }

    /// <summary>A UDP header and its payload.</summary>
    public static byte[] UdpDatagram(IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> payload)
    {
        var datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram.AsSpan(8));
        var checksum = TransportChecksum(source.Address, destination.Address, 17, datagram);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), checksum == 0 ? (ushort)0xFFFF : checksum);
        return datagram;
    }

    /// <summary>An IPv4 or IPv6 packet, by the family of the addresses.</summary>
    public static byte[] Ip(IpAddress source, IpAddress destination, byte protocol, ReadOnlySpan<byte> payload, byte timeToLive = 64, ushort identification = 0) =>
        source.IsIpv4 ? Ipv4(source, destination, protocol, payload, timeToLive, identification) : Ipv6(source, destination, protocol, payload, timeToLive);

    /// <summary>An IPv4 packet; <paramref name="fragment"/> is the field of flags and offset.</summary>
    public static byte[] Ipv4(IpAddress source, IpAddress destination, byte protocol, ReadOnlySpan<byte> payload, byte timeToLive = 64,
        ushort identification = 0, ushort fragment = 0, ReadOnlySpan<byte> options = default)
    {
        var headerLength = 20 + ((options.Length + 3) / 4 * 4);
        var packet = new byte[headerLength + payload.Length];
        packet[0] = (byte)(0x40 | (headerLength / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), identification);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        (packet[8], packet[9]) = (timeToLive, protocol);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), (uint)source.Low);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(16), (uint)destination.Low);
        options.CopyTo(packet.AsSpan(20));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, headerLength)));
        payload.CopyTo(packet.AsSpan(headerLength));
        return packet;
    }

    /// <summary>An IPv6 packet; extension headers are the beginning of the payload, and the protocol is the first one's.</summary>
    public static byte[] Ipv6(IpAddress source, IpAddress destination, byte protocol, ReadOnlySpan<byte> payload, byte hopLimit = 64)
    {
        var packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        (packet[6], packet[7]) = (protocol, hopLimit);
        WriteAddress(packet.AsSpan(8), source);
        WriteAddress(packet.AsSpan(24), destination);
        payload.CopyTo(packet.AsSpan(40));
        return packet;
    }

    /// <summary>An IPv6 options header (hop-by-hop, destination) or any other that counts in eight bytes.</summary>
    public static byte[] Ipv6Extension(byte nextHeader, ReadOnlySpan<byte> content, ReadOnlySpan<byte> following)
    {
        var length = (2 + content.Length + 7) / 8 * 8;
        var header = new byte[length + following.Length];
        (header[0], header[1]) = (nextHeader, (byte)((length / 8) - 1));
        content.CopyTo(header.AsSpan(2));
        following.CopyTo(header.AsSpan(length));
        return header;
    }

    /// <summary>An IPv6 fragment header and the piece behind it.</summary>
    public static byte[] Ipv6FragmentHeader(byte nextHeader, int offset, bool more, uint identification, ReadOnlySpan<byte> piece)
    {
        var header = new byte[8 + piece.Length];
        header[0] = nextHeader;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(offset | (more ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), identification);
        piece.CopyTo(header.AsSpan(8));
        return header;
    }

    /// <summary>One IP fragment: <paramref name="length"/> bytes from <paramref name="offset"/> (a multiple of 8) of the datagram's payload.</summary>
    public static byte[] IpFragment(IpAddress source, IpAddress destination, byte protocol, ReadOnlySpan<byte> datagram, int offset, int length, uint identification)
    {
        var piece = datagram.Slice(offset, length);
        var more = offset + length < datagram.Length;
        return source.IsIpv4
            ? Ipv4(source, destination, protocol, piece, identification: (ushort)identification, fragment: (ushort)((offset / 8) | (more ? 0x2000 : 0)))
            : Ipv6(source, destination, 44, Ipv6FragmentHeader(protocol, offset, more, identification, piece));
    }

    /// <summary>An Ethernet frame as fragments of <paramref name="size"/> bytes, the last one first; itself where it fits into one.</summary>
    public static IEnumerable<byte[]> Fragments(ReadOnlySpan<byte> frame, int size, uint identification)
    {
        var ip = frame[14..];
        var isIpv4 = ip[0] >> 4 == 4;
        var (header, end) = isIpv4 ? (20, (int)BinaryPrimitives.ReadUInt16BigEndian(ip[2..])) : (40, 40 + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        var addresses = ip[(isIpv4 ? 12 : 8)..header];
        var (source, destination) = (IpAddress.FromBytes(addresses[..(addresses.Length / 2)]), IpAddress.FromBytes(addresses[(addresses.Length / 2)..]));
        var datagram = ip[header..end];
        if (datagram.Length <= size) return [frame.ToArray()];
        var pieces = new List<byte[]>();
        for (var at = 0; at < datagram.Length; at += size)
        {
            byte[] piece = [.. frame[..14], .. IpFragment(source, destination, ip[isIpv4 ? 9 : 6], datagram, at, Math.Min(size, datagram.Length - at), identification)];
            pieces.Insert(0, piece);
        }

        return pieces;
    }

    /// <summary>An Ethernet frame, padded to the 60 bytes that a wire wants; each tag is its type and VLAN, outermost first.</summary>
    public static byte[] Ethernet(ReadOnlySpan<byte> ip, params (ushort Type, ushort Vlan)[] tags)
    {
        var header = new byte[14 + (tags.Length * 4)];
        (header[0], header[5], header[6], header[11]) = (2, 2, 2, 1);
        for (var tag = 0; tag < tags.Length; tag++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12 + (tag * 4)), tags[tag].Type);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14 + (tag * 4)), tags[tag].Vlan);
        }

        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12 + (tags.Length * 4)), EtherTypeOf(ip));
        var padding = new byte[Math.Max(0, 60 - header.Length - ip.Length)];
        return [.. header, .. ip, .. padding];
    }

    /// <summary>An IEEE 802.3 frame with LLC and SNAP.</summary>
    public static byte[] Snap(ReadOnlySpan<byte> ip)
    {
        var length = (ushort)(8 + ip.Length);
        var type = EtherTypeOf(ip);
        return [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, (byte)(length >> 8), (byte)length, 0xAA, 0xAA, 3, 0, 0, 0, (byte)(type >> 8), (byte)type, .. ip];
    }

    /// <summary>A Linux cooked frame, version 1.</summary>
    public static byte[] LinuxCooked(ReadOnlySpan<byte> ip)
    {
        var type = EtherTypeOf(ip);
        return [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, (byte)(type >> 8), (byte)type, .. ip];
    }

    /// <summary>A Linux cooked frame, version 2.</summary>
    public static byte[] LinuxCooked2(ReadOnlySpan<byte> ip)
    {
        var type = EtherTypeOf(ip);
        return [(byte)(type >> 8), (byte)type, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. ip];
    }

    /// <summary>A BSD loopback frame.</summary>
    public static byte[] Loopback(ReadOnlySpan<byte> ip, byte family, bool bigEndian) =>
        bigEndian ? [0, 0, 0, family, .. ip] : [family, 0, 0, 0, .. ip];

    private static ushort EtherTypeOf(ReadOnlySpan<byte> ip) => ip.Length > 0 && ip[0] >> 4 == 6 ? (ushort)0x86DD : (ushort)0x0800;

    private static ushort TransportChecksum(IpAddress source, IpAddress destination, byte protocol, ReadOnlySpan<byte> segment)
    {
        var pseudo = new byte[40 + segment.Length];
        WriteAddress(pseudo, source);
        WriteAddress(pseudo.AsSpan(16), destination);
        if (source.IsIpv4)
        {
            // The pseudo header of IPv4 has the bare addresses.
            pseudo.AsSpan(0, 12).Clear();
            pseudo.AsSpan(16, 12).Clear();
        }

        BinaryPrimitives.WriteInt32BigEndian(pseudo.AsSpan(32), segment.Length);
        pseudo[39] = protocol;
        segment.CopyTo(pseudo.AsSpan(40));
        return Checksum(pseudo);
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i++) sum += (uint)(i % 2 == 0 ? bytes[i] << 8 : bytes[i]);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static void WriteAddress(Span<byte> target, IpAddress address)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], address.Low);
    }
}
