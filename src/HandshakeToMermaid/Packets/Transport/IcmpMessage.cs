using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Transport;

// RFC 792 and RFC 4443 section 2.1
//
//   0  Type    1  Code    2..3  Checksum    4..7  by type    8  for errors: the packet that caused it, from its IP header on
//
// RFC 792 quotes the IP header and 8 bytes more, RFC 1812 and RFC 4443 as much as fits; routers are seen to alter the quoted
// header, so nothing of it is held against the message. Redirect, source quench, echo and neighbour discovery are not
// read, nor are the extensions of RFC 4884 behind the quote.

/// <summary>An ICMP or ICMPv6 message.</summary>
internal static class IcmpMessage
{
    /// <summary>Reads the message that <paramref name="payload"/> holds, and what it quotes.</summary>
    internal static void Read(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        if (payload.Length < HeaderLength)
        {
            packet.Break(FaultKind.Short, payload.Start + payload.Length, "ICMP header");
            return;
        }

        var message = bytes.Slice(payload.Start, Math.Min(bytes.Length - payload.Start, payload.Length));
        if (message.Length < HeaderLength)
        {
            packet.CutOff();
            return;
        }

        var error = new IcmpError(payload.Protocol == IpProtocol.Icmpv6, message[0], message[1], NextHopMtu(payload.Protocol, message));
        if (!IsError(error)) return;
        var quote = message[HeaderLength..];
        var headerLength = error.IsIpv6 ? Ipv6Header.FixedLength : Ipv4Header.MinimumLength;
        if (quote.Length < headerLength)
        {
            if (payload.Length - HeaderLength >= headerLength) packet.CutOff();
            return;
        }

        if (quote[0] >> 4 != (error.IsIpv6 ? 6 : 4)) return;
        packet.Kind = PacketKind.IcmpError;
        packet.Icmp = error;
        packet.IcmpSender = packet.Source.Address;
        if (error.IsIpv6) ReadIpv6Quote(ref packet, quote);
        else ReadIpv4Quote(ref packet, quote);
    }

    private static void ReadIpv4Quote(ref Packet packet, ReadOnlySpan<byte> quote)
    {
        packet.Source = new IpEndpoint(IpAddress.FromBytes(quote.Slice(12, 4)), 0);
        packet.Destination = new IpEndpoint(IpAddress.FromBytes(quote.Slice(16, 4)), 0);
        packet.Protocol = quote[9];
        var headerLength = (quote[0] & 0x0F) * 4;
        var isFirstFragment = (BinaryPrimitives.ReadUInt16BigEndian(quote[6..]) & 0x1FFF) == 0;
        if (headerLength < Ipv4Header.MinimumLength || headerLength > quote.Length || !isFirstFragment) return;
        ReadTransport(ref packet, quote, new IpPayload { Start = headerLength, Length = quote.Length - headerLength, Protocol = packet.Protocol });
    }

    private static void ReadIpv6Quote(ref Packet packet, ReadOnlySpan<byte> quote)
    {
        packet.Source = new IpEndpoint(IpAddress.FromBytes(quote.Slice(8, 16)), 0);
        packet.Destination = new IpEndpoint(IpAddress.FromBytes(quote.Slice(24, 16)), 0);

        // The headers of the quote may end anywhere: that is no fault of the message, so they are read into a packet of their own.
        var scratch = default(Packet);
        var payload = new IpPayload { Start = Ipv6Header.FixedLength, Length = quote.Length - Ipv6Header.FixedLength, Protocol = quote[6] };
        var isWhole = Ipv6Extensions.TrySkip(ref scratch, quote, ref payload);
        packet.Protocol = payload.Protocol;
        if (isWhole && payload.FragmentOffset == 0) ReadTransport(ref packet, quote, payload);
    }

    private static void ReadTransport(ref Packet packet, ReadOnlySpan<byte> quote, in IpPayload payload)
    {
        if (payload.Protocol is IpProtocol.Tcp or IpProtocol.Udp) Ports.Read(ref packet, quote, payload);
    }

    private static bool IsError(IcmpError error) => error.IsIpv6
        ? error.Type is IcmpError.Ipv6DestinationUnreachable or IcmpError.Ipv6PacketTooBig or IcmpError.Ipv6TimeExceeded or IcmpError.Ipv6ParameterProblem
        : error.Type is IcmpError.DestinationUnreachable or IcmpError.TimeExceeded or IcmpError.ParameterProblem;

    private static uint NextHopMtu(byte protocol, ReadOnlySpan<byte> message)
    {
        if (protocol == IpProtocol.Icmpv6) return message[0] == IcmpError.Ipv6PacketTooBig ? BinaryPrimitives.ReadUInt32BigEndian(message[4..]) : 0;
        var isTooBig = message[0] == IcmpError.DestinationUnreachable && message[1] == IcmpError.FragmentationNeeded;
        return isTooBig ? BinaryPrimitives.ReadUInt16BigEndian(message[6..]) : 0u;
    }

    private const int HeaderLength = 8;
}
