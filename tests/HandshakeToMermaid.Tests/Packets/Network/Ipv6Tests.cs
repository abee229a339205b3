using System.Buffers.Binary;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Network;

public class Ipv6Tests
{
    private static readonly IpAddress From = PacketBuilder.Address("2001:db8::1");
    private static readonly IpAddress To = PacketBuilder.Address("2001:db8:7::7");

    [Fact]
    public void Extension_headers_are_stepped_over()
    {
        var tcp = TcpOverIp(Client6, Server6).AsSpan(40).ToArray();
        byte[] authentication = [6, 4, .. new byte[22], .. tcp];
        var mobility = PacketBuilder.Ipv6Extension(51, new byte[6], authentication);
        var destination = PacketBuilder.Ipv6Extension(135, new byte[14], mobility);
        var routing = PacketBuilder.Ipv6Extension(60, new byte[22], destination);
        var chain = PacketBuilder.Ipv6Extension(43, new byte[6], routing);
        var packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 0, chain, hopLimit: 33)));
        AssertIsHello(packet, Client6, Server6);
        Assert.Equal(33, packet.TimeToLive);
        Assert.Equal(6, packet.Protocol);
    }

    [Fact]
    public void An_atomic_fragment_is_a_whole_datagram()
    {
        var tcp = TcpOverIp(Client6, Server6).AsSpan(40);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 44, PacketBuilder.Ipv6FragmentHeader(6, 0, more: false, 9, tcp)))), out var packet);
        AssertIsHello(packet, Client6, Server6);
        Assert.Equal(0, decoder.FragmentedDatagramsWaiting);
    }

    [Fact]
    public void A_jumbogram_has_the_length_of_its_option()
    {
        var payload = new byte[70_000];
        var tcp = PacketBuilder.TcpSegment(new(From, 50_000), new(To, 443), 1, 2, TcpFlags.Ack, payload);
        byte[] option = [0xC2, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(option.AsSpan(2), tcp.Length + 8);
        var ip = PacketBuilder.Ipv6(From, To, 0, PacketBuilder.Ipv6Extension(6, option, tcp));
        (ip[4], ip[5]) = (0, 0);
        var packet = Decode([.. PacketBuilder.Ethernet(ip), 9, 9, 9]);
        Assert.Equal(PacketKind.Tcp, packet.Kind);
        Assert.Equal(70_000, packet.PayloadLength);
        Assert.Equal(70_000, packet.Payload.Length);
    }

    [Fact]
    public void Payload_length_0_without_a_jumbo_option_means_the_whole_frame()
    {
        var ip = TcpOverIp(Client6, Server6);
        (ip[4], ip[5]) = (0, 0);
        AssertIsHello(Decode(PacketBuilder.Ethernet(ip)), Client6, Server6);
    }

    [Fact]
    public void An_extension_header_beyond_the_payload_length_is_broken()
    {
        var chain = PacketBuilder.Ipv6Extension(6, new byte[6], []);
        chain[1] = 4;
        var packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 0, chain)));
        Assert.Equal(PacketKind.Broken, packet.Kind);
        Assert.Equal("Hdr Ext Len is truncated at byte 55", packet.Fault.ToString());
    }

    [Fact]
    public void A_cut_extension_header_is_cut_short()
    {
        var frame = PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 0, PacketBuilder.Ipv6Extension(6, new byte[14], TcpOverIp(Client6, Server6).AsSpan(40))));
        for (var length = 0; length < 54 + 16 + 20; length++)
        {
            Assert.Equal(PacketKind.CutShort, Decode(frame[..length], originalLength: (uint)frame.Length).Kind);
        }
    }

    [Fact]
    public void No_next_header_and_ESP_are_other()
    {
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 59, []))).Kind);
        Assert.Equal(PacketKind.Other, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 50, new byte[40]))).Kind);
    }

    /// <summary>Options in front of the one that holds the length: Pad1, PadN, and one that nothing is known of.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("0100")]
    [InlineData("010400000000")]
    [InlineData("C202FFFF")] // of another length
    [InlineData("1E03000000")]
    public void The_length_of_a_jumbogram_may_stand_behind_other_options(string before)
    {
        var tcp = TcpOverIp(Client6, Server6).AsSpan(40).ToArray();
        byte[] options = [.. Convert.FromHexString(before), 0xC2, 4, 0, 0, 0, 0];
        var header = PacketBuilder.Ipv6Extension(6, options, tcp);
        options[^1] = (byte)header.Length;
        AssertIsHello(Decode([.. Jumbogram(PacketBuilder.Ipv6Extension(6, options, tcp)), 9, 9, 9]), Client6, Server6);
    }

    [Theory]
    [InlineData("050200000000")] // router alert
    [InlineData("C2040000FFFF")] // more than the frame holds
    [InlineData("C208000000FF")] // an option beyond its header
    public void Without_a_length_that_can_be_a_jumbogram_is_the_whole_frame(string options)
    {
        var tcp = TcpOverIp(Client6, Server6).AsSpan(40);
        AssertIsHello(Decode(Jumbogram(PacketBuilder.Ipv6Extension(6, Convert.FromHexString(options), tcp))), Client6, Server6);
    }

    [Fact]
    public void A_frame_may_end_with_an_extension_header()
    {
        var frame = PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 60, PacketBuilder.Ipv6Extension(59, new byte[14], new byte[30])));
        Assert.Equal(PacketKind.Other, Decode(frame[..(54 + 16)], originalLength: (uint)frame.Length).Kind);
        Assert.Equal(PacketKind.CutShort, Decode(frame[..(54 + 15)], originalLength: (uint)frame.Length).Kind);
        Assert.Equal("IPv6 extension header is truncated at byte 54", Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv6(From, To, 60, new byte[7]))).Fault.ToString());
    }

    private static byte[] Jumbogram(byte[] payload)
    {
        var ip = PacketBuilder.Ipv6(From, To, 0, payload);
        (ip[4], ip[5]) = (0, 0);
        return PacketBuilder.Ethernet(ip);
    }
}
