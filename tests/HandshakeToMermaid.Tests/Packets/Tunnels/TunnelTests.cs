using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TunnelBuilder;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Tunnels;

public sealed class TunnelTests
{
    private static readonly byte[] Ip = TcpOverIp();
    private static readonly byte[] Frame = PacketBuilder.Ethernet(Ip);

    public static TheoryData<string, ushort, string> Frames
    {
        get
        {
            var data = new TheoryData<string, ushort, string>();
            foreach (var (path, (link, bytes)) in All()) data.Add(path, link, Convert.ToHexString(bytes));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Every_tunnel_leads_to_the_same_segment(string path, ushort link, string bytes)
    {
        var packet = Decode(Convert.FromHexString(bytes), new LinkType(link));
        var isIpv6 = path.Contains("6in", StringComparison.Ordinal) || path == "teredo";
        AssertIsHello(packet, isIpv6 ? path == "teredo" ? "[2001:0:1::5]:50000" : Client6 : Client, isIpv6 ? Server6 : Server);
        var layers = packet.Encapsulation?.Layers ?? [];
        Assert.Equal(path, string.Join(' ', layers.Select(l => l.Id == 0 ? l.Name : $"{l.Name}:{l.Id}")));
    }

    [Fact]
    public void Every_prefix_of_a_tunnel_is_decoded_and_no_byte_of_it_makes_it_throw()
    {
        foreach (var (_, (link, frame)) in All())
        {
            var decoder = Decoder();
            for (var length = 0; length <= frame.Length; length++)
            {
                foreach (var original in new[] { (uint)length, (uint)frame.Length }) decoder.Decode(PacketBuilder.Frame(frame[..length], link: new LinkType(link), originalLength: original), out _);
            }

            for (var at = 0; at < frame.Length; at++)
            {
                foreach (byte value in new byte[] { 0, 1, 0x0F, 0x45, 0x7F, 0x80, 0xFF })
                {
                    var changed = frame.ToArray();
                    changed[at] = value;
                    var captured = PacketBuilder.Frame(changed, link: new LinkType(link));
                    decoder.Decode(captured, out var packet);
                    Assert.True(packet.Payload.Length <= packet.PayloadLength);
                    while (decoder.HasNext) decoder.DecodeNext(captured, out packet);
                }
            }
        }
    }

    [Theory]
    [InlineData((ushort)1701)]
    [InlineData((ushort)2152)]
    [InlineData((ushort)3544)]
    [InlineData((ushort)4754)]
    [InlineData((ushort)4789)]
    [InlineData((ushort)4790)]
    [InlineData((ushort)5247)]
    [InlineData((ushort)6081)]
    [InlineData((ushort)6635)]
    [InlineData((ushort)8472)]
    public void Data_on_the_port_of_a_tunnel_is_a_datagram(ushort port)
    {
        var random = new Random(port);
        for (var round = 0; round < 2000; round++)
        {
            var data = new byte[random.Next(0, 120)];
            random.NextBytes(data);
            var packet = Decode(OverUdp(port, data));
            Assert.Equal((PacketKind.Udp, data.Length, null), (packet.Kind, packet.PayloadLength, packet.Encapsulation));
        }
    }

    /// <summary>What is right up to one field: a checksum of IP, a length, a reserved bit, a version.</summary>
    [Theory]
    [InlineData("l2tp:196612", 42 + 1)]
    [InlineData("gtp:77", 42 + 3)]
    [InlineData("gtp:77", 42 + 8 + 10)]
    [InlineData("vxlan:42", 42 + 1)]
    [InlineData("vxlan:42", 42 + 8 + 14 + 8)]
    [InlineData("geneve:42", 42 + 1)]
    [InlineData("geneve:42", 42 + 7)]
    [InlineData("teredo", 42 + 5)]
    public void A_header_that_is_wrong_in_one_field_is_no_tunnel(string path, int at)
    {
        var frame = All().First(t => t.Path == path && t.Bytes.Frame[23] == 17).Bytes.Frame.ToArray();
        frame[at] ^= 0x21;
        var packet = Decode(frame);
        Assert.Equal((PacketKind.Udp, null), (packet.Kind, packet.Encapsulation));
    }

    [Fact]
    public void Tunnels_are_followed_to_a_depth_and_no_deeper()
    {
        var inner = Ip;
        for (var depth = 1; depth <= AnalyzerLimits.Default.EncapsulationDepth + 1; depth++)
        {
            inner = PacketBuilder.Ip(PacketBuilder.Address(Near), PacketBuilder.Address(Far), 4, inner);
            var packet = Decode(PacketBuilder.Ethernet(inner));
            if (depth <= AnalyzerLimits.Default.EncapsulationDepth) AssertIsHello(packet);
            else Assert.Equal(new WireFault(FaultKind.TooLong, 14 + (20 * depth), "encapsulation"), packet.Fault);
        }
    }

    [Fact]
    public void Fragments_of_the_outer_and_of_the_inner_packet_are_put_together()
    {
        var decoder = Decoder();
        var (near, far) = (PacketBuilder.Address(Near), PacketBuilder.Address(Far));
        var (client, server) = (PacketBuilder.Endpoint(Client), PacketBuilder.Endpoint(Server));
        var segment = PacketBuilder.TcpSegment(client, server, 1000, 2000, TcpFlags.Ack | TcpFlags.Psh, "hello"u8);
        var last = PacketBuilder.IpFragment(client.Address, server.Address, 6, segment, 16, segment.Length - 16, 9);
        var first = PacketBuilder.IpFragment(client.Address, server.Address, 6, segment, 0, 16, 9);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.Ip(near, far, 47, Gre(0x0800, first)))), out _);
        var gre = Gre(0x0800, last);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(near, far, 47, gre, 0, 24, 5))), out var packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(near, far, 47, gre, 24, gre.Length - 24, 5))), out packet);
        AssertIsHello(packet);
    }

    [Fact]
    public void The_frames_of_an_aggregate_come_one_after_the_other()
    {
        var decoder = Decoder();
        var frame = PacketBuilder.Frame(Radiotap(Wifi([.. Subframe(Llc(Ip)), .. Subframe(Llc(TcpOverIp(payload: "again"u8.ToArray()))), .. Subframe(Llc(Ip))], qos: 0x80)), link: new LinkType(127));
        decoder.Decode(frame, out var packet);
        AssertIsHello(packet);
        Assert.True(decoder.HasNext);
        decoder.DecodeNext(frame, out packet);
        Assert.Equal("again"u8, packet.Payload);
        decoder.DecodeNext(frame, out packet);
        AssertIsHello(packet);
        Assert.False(decoder.HasNext);
    }

    [Fact]
    public void Encrypted_data_is_named_for_what_it_is()
    {
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Radiotap(Wifi(TlsBytes.Fill(60), flags: 0x41)), 1, link: new LinkType(127)), out _);
        decoder.Decode(PacketBuilder.Frame(OverUdp(5247, [1, 0, 0, 0, 23, 0xFE, 0xFD, .. TlsBytes.Fill(60)]), 2), out _);
        decoder.Decode(PacketBuilder.Frame(Over(47, Gre(0x880B, [0, 0xFD, .. TlsBytes.Fill(60)])), 3), out _);
        decoder.Decode(PacketBuilder.Frame(Over(50, TlsBytes.Fill(60)), 4), out _);
        Assert.Equal(
            ["CAPWAP data protected by DTLS", "ESP (IP protocol 50)", "compressed or encrypted PPP data", "encrypted IEEE 802.11 data"],
            decoder.UnparsedEncapsulations.Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tunnels_beyond_the_limit_are_known_by_kind_alone()
    {
        var decoder = Decoder(new AnalyzerLimits { EncapsulationPaths = 2 });
        EncapsulationPath? Path(uint vni)
        {
            decoder.Decode(PacketBuilder.Frame(OverUdp(4789, Vxlan(Frame, vni))), out var packet);
            AssertIsHello(packet);
            return packet.Encapsulation;
        }

        Assert.Same(Path(1), Path(1));
        Assert.NotSame(Path(1), Path(2));
        Assert.Same(Path(3), Path(4));
        Assert.Equal(0u, Path(3)!.Layer.Id);
    }

    internal static IEnumerable<(string Path, (ushort Link, byte[] Frame) Bytes)> All()
    {
        var ip6 = TcpOverIp(Client6, Server6);
        yield return ("vlan:93 vlan:258", (1, PacketBuilder.Ethernet(Ip, (0x88A8, 93), (0x8100, 258))));
        yield return ("", (1, PacketBuilder.Ethernet(Ip, (0x8100, 0xE000))));
        yield return ("pppoe:7", (1, Ethernet(0x8864, Pppoe(Ip))));
        yield return ("vlan:5 vlan:6 pppoe:7", (1, [.. PacketBuilder.Ethernet([], (0x88A8, 5), (0x8100, 6)).AsSpan(0, 20), 0x88, 0x64, .. Pppoe(Ip)]));
        yield return ("pppoe:7", (51, Pppoe(Ip)));
        yield return ("mpls:16", (1, Ethernet(0x8847, Mpls(Ip, 16))));
        yield return ("mpls:77", (1, Ethernet(0x8848, Mpls(Ip, 16, 17, 77))));
        yield return ("mpls:77", (1, Ethernet(0x8847, Mpls(Frame, 77))));
        yield return ("mpls:77", (1, Ethernet(0x8847, Mpls([0, 0, 0, 9, .. Frame], 77))));
        yield return ("mpls:77", (1, Ethernet(0x8847, Mpls([0x45, .. Frame.AsSpan(1)], 77)))); // an address that begins as IPv4 does
        yield return ("pbb:300", (1, Ethernet(0x88E7, [0, 0, 1, 0x2C, .. Frame])));
        yield return ("nsh:5", (1, Ethernet(0x894F, [0, 2, 1, 1, 0, 0, 5, 255, .. Ip])));
        yield return ("ipip", (1, Over(4, Ip)));
        yield return ("6in4", (1, Over(41, ip6)));
        yield return ("4in6", (1, Over(4, Ip, near: "2001:db8::a", far: "2001:db8::b")));
        yield return ("6in6", (1, Over(41, ip6, near: "2001:db8::a", far: "2001:db8::b")));
        yield return ("gre", (1, Over(47, Gre(0x0800, Ip))));
        yield return ("gre:9", (1, Over(47, Gre(0x0800, Ip, key: 9, sequence: 3, hasChecksum: true))));
        yield return ("gre:9", (1, Over(47, Gre(0x6558, Frame, key: 9))));
        yield return ("gre mpls:16", (1, Over(47, Gre(0x8847, Mpls(Ip, 16)))));
        yield return ("gre:8", (1, Over(47, [0x30, 0x81, 0x88, 0x0B, .. TlsBytes.U16(Ip.Length + 2), 0, 8, 0, 0, 0, 1, 0, 0, 0, 2, .. Ppp(Ip)])));
        yield return ("gre", (1, Over(47, Gre(0x88BE, Frame)))); // ERSPAN type I
        yield return ("gre erspan:20", (1, Over(47, Gre(0x88BE, Erspan2(Frame), sequence: 1))));
        yield return ("gre erspan:20", (1, Over(47, Gre(0x22EB, Erspan3(Frame), sequence: 1))));
        yield return ("gre erspan:20 vlan:5", (1, Over(47, Gre(0x22EB, Erspan3(PacketBuilder.Ethernet(Ip, (0x8100, 5)), hasPlatform: true), sequence: 1))));
        yield return ("etherip", (1, Over(97, [0x30, 0, .. Frame])));
        yield return ("mpls:16", (1, Over(137, Mpls(Ip, 16))));
        yield return ("l2tp:196612", (1, OverUdp(1701, L2tp(Ip))));
        yield return ("gtp:77", (1, OverUdp(2152, Gtp(Ip))));
        yield return ("gtp:77", (1, OverUdp(2152, Gtp(Ip, 77, 0x85, 1, 0x10, 9, 0))));
        yield return ("gtp:77", (1, OverUdp(2152, Gtp(Ip, 77, 0x85, 1, 0x10, 9, 0x40, 2, 0, 0, 0, 0, 0, 0, 0))));
        yield return ("teredo", (1, OverUdp(3544, TcpOverIp("[2001:0:1::5]:50000", Server6))));
        yield return ("teredo", (1, OverUdp(3544, [0, 1, 0, 0, .. new byte[9], 0, 0, .. new byte[6], .. TcpOverIp("[2001:0:1::5]:50000", Server6)])));
        yield return ("gre:9", (1, OverUdp(4754, Gre(0x0800, Ip, key: 9))));
        yield return ("vxlan:42", (1, OverUdp(4789, Vxlan(Frame))));
        yield return ("vxlan:42 vlan:5", (1, OverUdp(8472, Vxlan(PacketBuilder.Ethernet(Ip, (0x8100, 5))))));
        yield return ("vxlan-gpe:42", (1, OverUdp(4790, VxlanGpe(Ip, 1))));
        yield return ("vxlan-gpe:42", (1, OverUdp(4790, VxlanGpe(Frame, 3))));
        yield return ("vxlan-gpe:42 nsh:5", (1, OverUdp(4790, VxlanGpe([0, 2, 1, 3, 0, 0, 5, 255, .. Frame], 4))));
        yield return ("geneve:42", (1, OverUdp(6081, Geneve(0x6558, Frame))));
        yield return ("geneve:42", (1, OverUdp(6081, Geneve(0x0800, Ip, 42, 1, 8, 1, 1, 0, 0, 0, 0, 1, 8, 2, 0))));
        yield return ("mpls:16", (1, OverUdp(6635, Mpls(Ip, 16))));
        yield return ("capwap", (1, OverUdp(5247, Capwap(Frame, isNative: false))));
        yield return ("capwap", (1, OverUdp(5247, Capwap(Wifi(Llc(Ip)), isNative: true))));
        yield return ("capwap", (1, OverUdp(5247, Capwap([1, 8, .. Wifi(Llc(Ip)).AsSpan(2)], isNative: true)))); // frame control swapped
        yield return ("gtp:77 ipip", (1, OverUdp(2152, Gtp(PacketBuilder.Ip(PacketBuilder.Address(Near), PacketBuilder.Address(Far), 4, Ip)))));
        yield return ("", (105, Wifi(Llc(Ip))));
        yield return ("", (127, Radiotap(Wifi(Llc(Ip), qos: 0))));
        yield return ("", (127, Radiotap([.. Wifi([], qos: 0), 0, 0, .. Llc(Ip)], flags: 0x20))); // padded header
        yield return ("", (127, Radiotap(Wifi(Subframe(Llc(Ip)), qos: 0x80))));
        yield return ("", (127, Radiotap([.. Wifi([], flags: 3), .. new byte[6], .. Llc(Ip)])));
        yield return ("", (119, [0, 0, 0, 0x44, 144, 0, 0, 0, .. new byte[136], .. Wifi(Llc(Ip))]));
        yield return ("", (163, [0x80, 0x21, 0x10, 1, 0, 0, 0, 64, .. new byte[56], .. Wifi(Llc(Ip))]));
        yield return ("", (192, [0, 0, 12, 0, 105, 0, 0, 0, 1, 2, 3, 4, .. Wifi(Llc(Ip))]));
        yield return ("", (239, Nflog(Ip, isBigEndian: false)));
        yield return ("", (239, Nflog(Ip, isBigEndian: true)));
    }
}
