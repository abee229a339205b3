using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Network;

public class Ipv4Tests
{
    [Fact]
    public void Header_fields_are_delivered()
    {
        var packet = Decode(PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Syn, window: 29_200, timeToLive: 57, identification: 0xBEEF));
        Assert.Equal(57, packet.TimeToLive);
        Assert.Equal(0xBEEF, packet.Identification);
        Assert.Equal(29_200, packet.Window);
        Assert.Equal(6, packet.Protocol);
        Assert.Equal(1, packet.Mark.Frame);
    }

    [Fact]
    public void Options_are_stepped_over()
    {
        var (from, to) = (PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("198.51.100.7"));
        var ip = PacketBuilder.Ipv4(from, to, 6, TcpOverIp().AsSpan(20), options: new byte[] { 7, 39 - 20, 4 });
        AssertIsHello(Decode(PacketBuilder.Ethernet(ip)));
    }

    [Fact]
    public void Padding_is_no_payload()
    {
        var frame = PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Ack);
        Assert.Equal(60, frame.Length);
        var packet = Decode(frame);
        Assert.Equal(0, packet.PayloadLength);
        Assert.True(packet.Payload.IsEmpty);
        AssertIsHello(Decode([.. PacketBuilder.Ethernet(TcpOverIp()), 1, 2, 3, 4]));
    }

    [Fact]
    public void Total_length_0_means_the_whole_frame()
    {
        var frame = PacketBuilder.Tcp(Client, Server, 1, 2, TcpFlags.Ack, new byte[70_000]);
        (frame[16], frame[17]) = (0, 0);
        var packet = Decode(frame);
        Assert.Equal(PacketKind.Tcp, packet.Kind);
        Assert.Equal(70_000, packet.PayloadLength);
        Assert.Equal(70_000, packet.Payload.Length);

        var cut = Decode(frame[..200], originalLength: 70_054);
        Assert.Equal(70_000, cut.PayloadLength);
        Assert.Equal(146, cut.Payload.Length);
    }

    [Fact]
    public void A_claimed_wire_length_of_4_GiB_is_bounded()
    {
        var ip = TcpOverIp();
        (ip[2], ip[3]) = (0, 0);
        var packet = Decode(PacketBuilder.Ethernet(ip), originalLength: uint.MaxValue);
        Assert.Equal(AnalyzerLimits.Default.FrameBytes - 54, packet.PayloadLength);
    }

    [Fact]
    public void A_cut_payload_keeps_its_length()
    {
        var frame = PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Ack, new byte[1000]);
        foreach (var originalLength in new uint?[] { (uint)frame.Length, null }) // cut by the snap length, or by the switch that mirrored it
        {
            var packet = Decode(frame[..96], originalLength: originalLength);
            Assert.Equal(PacketKind.Tcp, packet.Kind);
            Assert.Equal(1000, packet.PayloadLength);
            Assert.Equal(96 - 54, packet.Payload.Length);
        }
    }

    [Fact]
    public void Cut_headers_are_not_broken_headers()
    {
        var frame = PacketBuilder.Tcp(Client, Server, 77, 0, TcpFlags.Ack, new byte[1000]);
        for (var length = 0; length < 54; length++)
        {
            var cut = Decode(frame[..length], originalLength: (uint)frame.Length);
            Assert.Equal(PacketKind.CutShort, cut.Kind);
            Assert.False(cut.Fault.IsFault);
            if (length >= 42) Assert.Equal(77u, cut.Sequence);
            if (length >= 38) Assert.Equal(Client, cut.Source.ToString());
        }

        for (var length = 0; length < 34; length++) Assert.Equal(PacketKind.Broken, Decode(frame[..length]).Kind);
        Assert.Equal("IPv4 header is truncated at byte 20", Decode(frame[..20]).Fault.ToString());
    }

    [Theory]
    [InlineData(0, 0x44, "IHL has an invalid value at byte 14")]
    [InlineData(0, 0x35, "Version has an invalid value at byte 14")]
    [InlineData(3, 19, "Total Length has an invalid value at byte 16")]
    [InlineData(3, 39, "TCP header is truncated at byte 53")]
    [InlineData(32, 0x40, "Data Offset has an invalid value at byte 46")]
    [InlineData(32, 0x70, "Data Offset has an invalid value at byte 46")]
    public void Headers_that_contradict_themselves_are_broken(int offset, byte value, string fault)
    {
        var ip = TcpOverIp();
        ip[offset] = value;
        var packet = Decode(PacketBuilder.Ethernet(ip));
        Assert.Equal(PacketKind.Broken, packet.Kind);
        Assert.Equal(fault, packet.Fault.ToString());
    }

    [Fact]
    public void An_authentication_header_is_stepped_over()
    {
        var (from, to) = (PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("198.51.100.7"));
        byte[] payload = [6, 4, .. new byte[22], .. TcpOverIp().AsSpan(20)];
        AssertIsHello(Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 51, payload))));
    }

    [Theory]
    [InlineData(47)]
    [InlineData(50)]
    [InlineData(2)]
    public void Another_protocol_is_other_and_keeps_its_addresses(byte protocol)
    {
        var packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("198.51.100.7"), protocol, new byte[30])));
        Assert.Equal(PacketKind.Other, packet.Kind);
        Assert.Equal("192.0.2.1", packet.Source.Address.ToString());
        Assert.Equal(protocol, packet.Protocol);
    }

    [Fact]
    public void Nothing_is_left_from_the_packet_before()
    {
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.IcmpError("192.0.2.9", "192.0.2.1", 3, 1, TcpOverIp())), out var packet);
        Assert.Equal(PacketKind.IcmpError, packet.Kind);
        decoder.Decode(PacketBuilder.Frame([1, 2], 2, link: LinkType.Raw), out packet);
        Assert.True(packet.Fault.IsFault);
        decoder.Decode(PacketBuilder.Frame([.. new byte[12], 8, 6, .. new byte[46]], 3), out packet);
        Assert.Equal(new FrameMark(3, default), packet.Mark);
        Assert.Equal(default, packet.Source);
        Assert.Equal(default, packet.Destination);
        Assert.Equal(default, packet.Icmp);
        Assert.Equal(default, packet.IcmpSender);
        Assert.Equal(default, packet.Fault);
        Assert.Equal(0u, packet.Sequence);
    }

    [Fact]
    public void A_packet_may_end_with_its_header()
    {
        var (from, to) = (PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("198.51.100.7"));
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 50, []))).Kind);
        Assert.Equal("TCP header is truncated at byte 34", Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 6, []))).Fault.ToString());
    }
}
