using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Transport;

public class IcmpTests
{
    [Theory]
    [InlineData(3, 1, 0, "host unreachable")]
    [InlineData(3, 3, 0, "port unreachable")]
    [InlineData(3, 4, 1400, "packet too big, MTU 1400")]
    [InlineData(3, 4, 0, "packet too big")]
    [InlineData(3, 13, 0, "communication administratively prohibited")]
    [InlineData(3, 42, 0, "destination unreachable, code 42")]
    [InlineData(11, 0, 0, "time to live exceeded in transit")]
    [InlineData(12, 9, 0, "parameter problem, code 9")]
    public void An_ICMP_error_names_the_segment_it_quotes(byte type, byte code, uint rest, string text)
    {
        foreach (var quoted in new[] { 28, 40, 45 }) // eight transport bytes as in RFC 792, or as much as fits
        {
            var packet = Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", type, code, TcpOverIp().AsSpan(0, quoted), rest));
            Assert.Equal(PacketKind.IcmpError, packet.Kind);
            Assert.Equal("203.0.113.1", packet.IcmpSender.ToString());
            Assert.Equal(Client, packet.Source.ToString());
            Assert.Equal(Server, packet.Destination.ToString());
            Assert.Equal(1000u, packet.Sequence);
            Assert.Equal(6, packet.Protocol);
            Assert.Equal(quoted >= 40 ? TcpFlags.Ack | TcpFlags.Psh : TcpFlags.None, packet.Flags);
            Assert.Equal(new IcmpError(false, type, code, rest), packet.Icmp);
            Assert.Equal(text, packet.Icmp.ToString());
        }
    }

    [Theory]
    [InlineData(1, 1, 0, "communication administratively prohibited")]
    [InlineData(1, 4, 0, "port unreachable")]
    [InlineData(1, 99, 0, "destination unreachable, code 99")]
    [InlineData(2, 0, 1280, "packet too big, MTU 1280")]
    [InlineData(3, 0, 0, "hop limit exceeded in transit")]
    [InlineData(4, 1, 0, "unrecognized next header")]
    public void An_ICMPv6_error_names_the_segment_it_quotes(byte type, byte code, uint rest, string text)
    {
        foreach (var quoted in new[] { 48, 65 })
        {
            var packet = Decode(PacketBuilder.IcmpError("2001:db8:ffff::1", "2001:db8::1", type, code, TcpOverIp(Client6, Server6).AsSpan(0, quoted), rest));
            Assert.Equal(PacketKind.IcmpError, packet.Kind);
            Assert.Equal("2001:db8:ffff::1", packet.IcmpSender.ToString());
            Assert.Equal(Client6, packet.Source.ToString());
            Assert.Equal(Server6, packet.Destination.ToString());
            Assert.Equal(1000u, packet.Sequence);
            Assert.Equal(new IcmpError(true, type, code, rest), packet.Icmp);
            Assert.Equal(text, packet.Icmp.ToString());
        }
    }

    [Fact]
    public void A_quoted_UDP_datagram_gives_its_ports()
    {
        var quote = IpOf(PacketBuilder.Udp("192.0.2.1:33000", "192.0.2.53:53", new byte[20])).AsSpan(0, 28);
        var packet = Decode(PacketBuilder.IcmpError("192.0.2.53", "192.0.2.1", 3, 3, quote));
        Assert.Equal(17, packet.Protocol);
        Assert.Equal("192.0.2.1:33000", packet.Source.ToString());
        Assert.Equal("192.0.2.53:53", packet.Destination.ToString());
    }

    [Fact]
    public void A_quoted_later_fragment_has_no_ports()
    {
        var quote = PacketBuilder.IpFragment(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.53"), 17, new byte[64], 32, 32, 1);
        var packet = Decode(PacketBuilder.IcmpError("192.0.2.53", "192.0.2.1", 11, 1, quote));
        Assert.Equal(PacketKind.IcmpError, packet.Kind);
        Assert.Equal("192.0.2.1:0", packet.Source.ToString());
    }

    [Fact]
    public void Extension_headers_of_the_quote_are_stepped_over()
    {
        var (from, to) = (PacketBuilder.Address("2001:db8::1"), PacketBuilder.Address("2001:db8:7::7"));
        var quote = PacketBuilder.Ipv6(from, to, 60, PacketBuilder.Ipv6Extension(6, new byte[6], TcpOverIp(Client6, Server6).AsSpan(40)));
        var packet = Decode(PacketBuilder.IcmpError("2001:db8::9", "2001:db8::1", 2, 0, quote, 1400));
        Assert.Equal(Server6, packet.Destination.ToString());
        Assert.Equal(6, packet.Protocol);
        packet = Decode(PacketBuilder.IcmpError("2001:db8::9", "2001:db8::1", 2, 0, quote.AsSpan(0, 44), 1400));
        Assert.Equal(PacketKind.IcmpError, packet.Kind);
        Assert.Equal("[2001:db8:7::7]:0", packet.Destination.ToString());
        Assert.False(packet.Fault.IsFault);
    }

    [Fact]
    public void What_is_no_error_or_quotes_nothing_is_other()
    {
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.IcmpError("192.0.2.1", "192.0.2.2", 8, 0, TcpOverIp())).Kind); // echo
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.IcmpError("192.0.2.1", "192.0.2.2", 5, 1, TcpOverIp())).Kind); // redirect
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.IcmpError("fe80::1", "ff02::1", 134, 0, new byte[40])).Kind); // router advertisement
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.IcmpError("192.0.2.1", "192.0.2.2", 3, 1, TcpOverIp().AsSpan(0, 19))).Kind);
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.IcmpError("192.0.2.1", "192.0.2.2", 3, 1, new byte[40])).Kind);
        Assert.Equal("ICMP type 200, code 1", new IcmpError(false, 200, 1, 0).ToString());
    }

    [Fact]
    public void A_quote_that_the_snap_length_cut_is_cut_short()
    {
        var frame = PacketBuilder.IcmpError("192.0.2.1", "192.0.2.2", 3, 1, TcpOverIp());
        Assert.Equal(PacketKind.CutShort, Decode(frame[..60], originalLength: (uint)frame.Length).Kind);
        Assert.Equal(PacketKind.IcmpError, Decode(frame[..62], originalLength: (uint)frame.Length).Kind);
    }

    [Fact]
    public void A_message_of_less_than_eight_bytes_is_truncated_and_one_of_eight_quotes_nothing()
    {
        var (from, to) = (PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.2"));
        Assert.Equal("ICMP header is truncated at byte 41", Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 1, [3, 1, 0, 0, 0, 0, 0]))).Fault.ToString());
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 1, [3, 1, 0, 0, 0, 0, 0, 0]))).Kind);
        var frame = PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 1, [8, 0, 0, 0, 0, 0, 0, 0, .. new byte[40]]));
        Assert.Equal(PacketKind.CutShort, Decode(frame[..41], originalLength: (uint)frame.Length).Kind);
        Assert.Equal(PacketKind.Other, Decode(frame[..42], originalLength: (uint)frame.Length).Kind);
    }

    [Theory]
    [InlineData(0, 0x44)] // a header shorter than any
    [InlineData(0, 0x4F)] // one longer than the quote
    [InlineData(7, 0x01)] // a later fragment
    [InlineData(9, 47)] // another protocol
    public void A_quote_without_a_transport_header_has_addresses_alone(int at, byte value)
    {
        var quote = TcpOverIp().AsSpan(0, 40).ToArray();
        quote[at] = value;
        var packet = Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", 3, 1, quote));
        Assert.Equal((PacketKind.IcmpError, "192.0.2.1:0", "198.51.100.7:0", 0u), (packet.Kind, packet.Source.ToString(), packet.Destination.ToString(), packet.Sequence));
    }

    [Fact]
    public void A_quoted_header_with_options_is_stepped_over()
    {
        var ip = TcpOverIp();
        var quote = PacketBuilder.Ipv4(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("198.51.100.7"), 6, ip.AsSpan(20, 8), options: TlsBytes.Fill(40, 1));
        var packet = Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", 3, 1, quote));
        Assert.Equal((Client, Server, 1000u), (packet.Source.ToString(), packet.Destination.ToString(), packet.Sequence));
        Assert.Equal("192.0.2.1:0", Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", 3, 1, quote.AsSpan(0, 60))).Source.ToString());
    }

    [Fact]
    public void The_bytes_of_an_MTU_are_none_in_other_errors()
    {
        Assert.Equal(0u, Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", 3, 1, TcpOverIp(), 1400)).Icmp.NextHopMtu);
        Assert.Equal(0u, Decode(PacketBuilder.IcmpError("203.0.113.1", "192.0.2.1", 11, 4, TcpOverIp(), 1400)).Icmp.NextHopMtu);
        Assert.Equal(0u, Decode(PacketBuilder.IcmpError("2001:db8::9", "2001:db8::1", 4, 0, TcpOverIp(Client6, Server6), 1400)).Icmp.NextHopMtu);
    }

    [Fact]
    public void A_later_fragment_that_ICMPv6_quotes_has_no_ports()
    {
        var quote = PacketBuilder.IpFragment(PacketBuilder.Address("2001:db8::1"), PacketBuilder.Address("2001:db8:7::7"), 17, TlsBytes.Fill(64), 32, 32, 1);
        var packet = Decode(PacketBuilder.IcmpError("2001:db8::9", "2001:db8::1", 3, 1, quote));
        Assert.Equal((PacketKind.IcmpError, "[2001:db8::1]:0", 17), (packet.Kind, packet.Source.ToString(), packet.Protocol));
    }
}
