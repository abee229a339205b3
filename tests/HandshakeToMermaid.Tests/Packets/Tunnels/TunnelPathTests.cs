using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TunnelBuilder;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Tunnels;

/// <summary>Which way a packet came, and what of a tunnel is no part of the packet inside.</summary>
public sealed class TunnelPathTests
{
    private static readonly byte[] Ip = TcpOverIp();
    private static readonly byte[] Frame = PacketBuilder.Ethernet(Ip);

    [Theory]
    [InlineData("203.0.113.1", "203.0.113.2")]
    [InlineData("203.0.113.2", "203.0.113.1")]
    [InlineData("2001:db8::1", "2001:db8::2")]
    [InlineData("2001:db8:2::1", "2001:db8:1::2")]
    public void Both_ways_of_a_tunnel_are_one_and_other_ends_are_another(string near, string far)
    {
        var decoder = Decoder();
        var path = PathOf(decoder, Over(4, Ip, near: near, far: far));
        Assert.Same(path, PathOf(decoder, Over(4, Ip, isBack: true, near: near, far: far)));
        Assert.NotSame(path, PathOf(decoder, Over(4, Ip, near: near, far: near.Contains(':', StringComparison.Ordinal) ? "2001:db8::200" : "192.0.2.200")));
        Assert.Equal(new[] { near, far }.Order(StringComparer.Ordinal), [path!.Layer.Lower.ToString(), path.Layer.Upper.ToString()]);
    }

    [Fact]
    public void The_same_tag_in_another_tag_is_another_path()
    {
        var decoder = Decoder();
        var path = PathOf(decoder, PacketBuilder.Ethernet(Ip, (0x88A8, 5), (0x8100, 7)));
        var other = PathOf(decoder, PacketBuilder.Ethernet(Ip, (0x88A8, 6), (0x8100, 7)));
        var inner = PathOf(decoder, PacketBuilder.Ethernet(Ip, (0x8100, 7)));
        Assert.Equal([[5u, 7u], [6u, 7u], [7u]], new[] { path, other, inner }.Select(p => p!.Layers.Select(l => l.Id).ToArray()).ToArray());
        Assert.Same(other, PathOf(decoder, PacketBuilder.Ethernet(Ip, (0x88A8, 6), (0x8100, 7))));
    }

    [Theory]
    [InlineData(4789, 50_001)]
    [InlineData(50_001, 4789)]
    [InlineData(4789, 4789)]
    public void The_port_of_a_tunnel_may_be_at_either_end(ushort source, ushort destination)
    {
        var (near, far) = (PacketBuilder.Address(Near), PacketBuilder.Address(Far));
        var packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ip(near, far, 17, PacketBuilder.UdpDatagram(new(near, source), new(far, destination), Vxlan(Frame)))));
        AssertIsHello(packet);
        Assert.Equal("vxlan", packet.Encapsulation?.Layer.Name);
    }

    [Fact]
    public void The_end_of_a_tunnel_bounds_a_packet_that_has_no_length()
    {
        var ip = Ip.ToArray();
        (ip[2], ip[3]) = (0, 0); // as segmentation offload leaves it
        AssertIsHello(Decode([.. Ethernet(0x8864, Pppoe(ip)), 9, 9, 9]));
        AssertIsHello(Decode([.. Pppoe(ip), 9, 9, 9], new LinkType(51)));
        AssertIsHello(Decode(Wifi([.. Subframe(Llc(ip)), .. Subframe(Llc(Ip))], qos: 0x80), new LinkType(105)));
        var frame = Ethernet(0x8864, Pppoe(ip));
        AssertIsHello(Decode(frame, originalLength: (uint)frame.Length + 40)); // cut in the padding
    }

    [Fact]
    public void A_tunnel_header_ends_with_the_packet_around_it()
    {
        var gre = Over(47, [0x20, 0, 8, 0, 0, 0]); // a key of two bytes, and padding behind the packet
        Assert.Equal(new WireFault(FaultKind.Short, 40, "tunnel header"), Decode(gre).Fault);
        Assert.Equal(PacketKind.Other, Decode(Over(47, [0x40, 0, 8, 0, 0, 0])).Kind);
    }

    [Fact]
    public void Nothing_of_the_outer_packet_is_left()
    {
        var (near, far) = (PacketBuilder.Address(Near), PacketBuilder.Address(Far));
        var echo = PacketBuilder.Ip(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.2"), 1, [8, 0, 0, 0, 0, 0, 0, 0, .. new byte[20]]);
        var packet = Decode(OverUdp(4789, Vxlan(PacketBuilder.Ethernet(echo))));
        Assert.Equal((PacketKind.Other, "192.0.2.1:0", "192.0.2.2:0", 0), (packet.Kind, packet.Source.ToString(), packet.Destination.ToString(), packet.PayloadLength));
        Assert.True(packet.Payload.IsEmpty);
        packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ip(near, far, 41, TcpOverIp(Client6, Server6), identification: 77)));
        Assert.Equal((PacketKind.Tcp, 0), (packet.Kind, packet.Identification));
    }

    [Fact]
    public void Each_frame_of_an_aggregate_came_in_the_same_tunnel_with_the_same_mark()
    {
        var decoder = Decoder();
        var header = PacketBuilder.Ipv4(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.2"), 59, []);
        byte[] aggregate = [.. Subframe(Llc(Ip)), .. Subframe(Llc(Ip)), .. Subframe(Llc(header)).AsSpan(0, 42)]; // the last one ends with its IP header
        var frame = PacketBuilder.Frame(OverUdp(5247, Capwap(Wifi(aggregate, qos: 0x80), isNative: true)), 7, 9);
        decoder.Decode(frame, out var packet);
        for (var next = 0; next < 2; next++)
        {
            AssertIsHello(packet);
            Assert.Equal((new FrameMark(7, new Timestamp(9)), "capwap"), (packet.Mark, packet.Encapsulation?.Layer.Name));
            Assert.True(decoder.HasNext);
            decoder.DecodeNext(frame, out packet);
        }

        Assert.Equal((PacketKind.Other, "192.0.2.1:0", 7, "capwap"), (packet.Kind, packet.Source.ToString(), packet.Mark.Frame, packet.Encapsulation?.Layer.Name));
        Assert.False(decoder.HasNext);
        decoder.Decode(PacketBuilder.Frame(Frame), out packet);
        Assert.False(decoder.HasNext);
    }

    [Fact]
    public void What_a_controller_cannot_show_is_named()
    {
        var decoder = Decoder();
        byte[] ours = Wifi(TlsBytes.Fill(60), flags: 0x41);
        decoder.Decode(PacketBuilder.Frame(OverUdp(5247, Capwap(ours, isNative: true)), 3), out var packet);
        Assert.Equal((PacketKind.Other, null), (packet.Kind, packet.Encapsulation));
        decoder.Decode(PacketBuilder.Frame(OverUdp(5247, Capwap(Wifi(TlsBytes.Fill(60), flags: 5), isNative: true)), 4), out packet);
        decoder.Decode(PacketBuilder.Frame(OverUdp(5247, [0, 0x10, 2, 0x80, 0, 1, 0, 0, .. TlsBytes.Fill(60)]), 5), out packet);
        Assert.Equal(PacketKind.Other, packet.Kind);
        Assert.Equal(
            [new("fragments of link frames", new FrameTally(2, 4)), new("encrypted IEEE 802.11 data", new FrameTally(1, 3))],
            decoder.UnparsedEncapsulations);
    }

    private static EncapsulationPath? PathOf(PacketDecoder decoder, byte[] frame)
    {
        decoder.Decode(PacketBuilder.Frame(frame), out var packet);
        AssertIsHello(packet);
        return packet.Encapsulation;
    }
}
