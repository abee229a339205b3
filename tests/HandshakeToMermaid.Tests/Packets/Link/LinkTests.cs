using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Link;

public class LinkTests
{
    [Theory]
    [InlineData(Client, Server)]
    [InlineData(Client6, Server6)]
    public void Every_link_leads_to_the_same_segment(string source, string destination)
    {
        var ip = TcpOverIp(source, destination);
        var isIpv6 = source == Client6;
        var frames = new List<(LinkType Link, byte[] Bytes)>
        {
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip)),
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip, (0x8100, 5))),
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip, (0x88A8, 5), (0x8100, 6))),
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip, (0x9100, 5), (0x8100, 6), (0x8100, 7))),
            (LinkType.Ethernet, PacketBuilder.Snap(ip)),
            (LinkType.LinuxSll, PacketBuilder.LinuxCooked(ip)),
            (LinkType.LinuxSll2, PacketBuilder.LinuxCooked2(ip)),
            (LinkType.Raw, ip),
            (new LinkType(12), ip),
            (new LinkType(14), ip),
            (isIpv6 ? LinkType.Ipv6 : LinkType.Ipv4, ip),
        };
        foreach (byte family in isIpv6 ? [10, 24, 28, 30] : new byte[] { 2 })
        {
            frames.Add((LinkType.Null, PacketBuilder.Loopback(ip, family, bigEndian: false)));
            frames.Add((LinkType.Null, PacketBuilder.Loopback(ip, family, bigEndian: true)));
            frames.Add((LinkType.Loop, PacketBuilder.Loopback(ip, family, bigEndian: true)));
        }

        foreach (var (link, bytes) in frames) AssertIsHello(Decode(bytes, link), source, destination);
    }

    [Fact]
    public void A_tag_in_a_cooked_frame_is_stepped_over()
    {
        var ip = TcpOverIp();
        AssertIsHello(Decode([0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0, 0, 5, 8, 0, .. ip], LinkType.LinuxSll));
        AssertIsHello(Decode([0x81, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0, 5, 8, 0, .. ip], LinkType.LinuxSll2));
    }

    [Theory]
    [InlineData(7, PacketKind.Tcp)]
    [InlineData(8, PacketKind.Tcp)]
    [InlineData(9, PacketKind.Broken)]
    internal void Eight_tags_are_read_and_more_are_refused(int count, PacketKind kind)
    {
        var packet = Decode(PacketBuilder.Ethernet(TcpOverIp(), [.. Enumerable.Repeat(((ushort)0x8100, (ushort)1), count)]));
        Assert.Equal(kind, packet.Kind);
        if (kind == PacketKind.Broken) Assert.Equal(new WireFault(FaultKind.TooLong, 46, "encapsulation"), packet.Fault);
    }

    [Fact]
    public void What_carries_no_IP_is_other()
    {
        Assert.Equal(PacketKind.Other, Decode([.. new byte[12], 0x08, 0x06, .. new byte[46]]).Kind); // ARP
        Assert.Equal(PacketKind.Other, Decode([.. new byte[12], 0, 38, 0x42, 0x42, 3, .. new byte[43]]).Kind); // spanning tree
        Assert.Equal(PacketKind.Other, Decode([0, 4, 3, 56, .. new byte[10], 8, 0, .. new byte[40]], LinkType.LinuxSll).Kind); // netlink
        Assert.Equal(PacketKind.Other, Decode([16, 0, 0, 0, .. new byte[40]], LinkType.Null).Kind); // AppleTalk
    }

    [Fact]
    public void An_unread_link_is_counted_by_its_type()
    {
        var decoder = Decoder();
        foreach (ushort code in new ushort[] { 187, 187, 65_535 })
        {
            decoder.Decode(PacketBuilder.Frame(new byte[100], link: new LinkType(code)), out var packet);
            Assert.Equal(PacketKind.UnsupportedLink, packet.Kind);
        }

        Assert.Equal(2, decoder.UnsupportedLinks[new LinkType(187)].Frames);
        Assert.Equal(1, decoder.UnsupportedLinks[new LinkType(65_535)].Frames);
        Assert.Equal("IEEE 802.11 with radiotap header (link type 127)", LinkTypeCatalog.NameOf(new LinkType(127)));
        Assert.Equal("link type 65535", LinkTypeCatalog.NameOf(new LinkType(65_535)));
        Assert.Equal("Ethernet (link type 1)", LinkTypeCatalog.NameOf(LinkType.Ethernet));
    }

    [Fact]
    public void No_link_type_is_listed_twice() =>
        Assert.Equal(LinkTypeCatalog.All.Count, LinkTypeCatalog.All.Select(l => l.Type).Distinct().Count());

    [Fact]
    public void A_new_link_is_one_reader()
    {
        var decoder = new PacketDecoder(AnalyzerLimits.Default, [new LinkReader(new LinkType(147), "private", bytes => new Encapsulation(3, EtherType.Ipv4))], []);
        decoder.Decode(PacketBuilder.Frame([1, 2, 3, .. TcpOverIp()], link: new LinkType(147)), out var packet);
        AssertIsHello(packet);
    }

    [Fact]
    public void The_wrong_IP_version_is_broken()
    {
        var packet = Decode(TcpOverIp(Client6, Server6), LinkType.Ipv4);
        Assert.Equal(PacketKind.Broken, packet.Kind);
        Assert.Equal(new WireFault(FaultKind.BadValue, 0, "Version"), packet.Fault);
        Assert.Equal(PacketKind.Broken, Decode(TcpOverIp(), LinkType.Ipv6).Kind);
        Assert.Equal(PacketKind.Broken, Decode([0x50, .. new byte[40]], LinkType.Raw).Kind);
    }

    [Fact]
    public void An_address_that_looks_like_an_EtherType_of_Ethernet_is_none()
    {
        var frame = PacketBuilder.LinuxCooked2(TcpOverIp(Client6, Server6));
        (frame[12], frame[13]) = (0x08, 0x00); // where Ethernet has its type, version 2 has the sender's address
        AssertIsHello(Decode(frame, LinkType.LinuxSll2), Client6, Server6);
    }
}
