using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;
using static HandshakeToMermaid.Tests.Packets.Tunnels.TunnelHeaderTests;

namespace HandshakeToMermaid.Tests.Packets.Tunnels;

/// <summary>Headers of tunnels over UDP, whose port proves nothing: what is wrong in one field is another protocol.</summary>
public sealed class DatagramTunnelHeaderTests
{
    [Fact]
    public void Vxlan()
    {
        Check("bare", VxlanHeader.Read, "08000000 123456 00", new(8, EtherType.Ethernet) { Name = "vxlan", Id = 0x123456 });
        Check("group policy", VxlanHeader.Read, "88400102 123456 00", new(8, EtherType.Ethernet) { Name = "vxlan", Id = 0x123456 });
        AssertNone(VxlanHeader.Read, "00000000 123456 00", "0C000000 123456 00", "08010000 123456 00", "08000100 123456 00", "08000001 123456 00", "08000000 123456 01");
    }

    [Theory]
    [InlineData(1, EtherType.Ipv4)]
    [InlineData(2, EtherType.Ipv6)]
    [InlineData(3, EtherType.Ethernet)]
    [InlineData(4, EtherType.Nsh)]
    [InlineData(5, EtherType.Mpls)]
    internal void Vxlan_with_the_next_protocol(byte next, ushort type) =>
        Check("next", VxlanHeader.ReadGeneric, $"0C0000{next:x2} 123456 00", new(8, type) { Name = "vxlan-gpe", Id = 0x123456 });

    [Fact]
    public void Vxlan_GPE()
    {
        Check("broadcast and management", VxlanHeader.ReadGeneric, "0E000001 123456 00", new(8, EtherType.Ipv4) { Name = "vxlan-gpe", Id = 0x123456 });
        Check("plain VXLAN", VxlanHeader.ReadGeneric, "08000000 123456 00", new(8, EtherType.Ethernet) { Name = "vxlan", Id = 0x123456 });
        AssertNone(VxlanHeader.ReadGeneric, "0C000000 123456 00", "0C000006 123456 00", "04000001 123456 00", "1C000001 123456 00", "0C010001 123456 00", "0C000101 123456 00", "0C000001 123456 01");
    }

    [Fact]
    public void Geneve()
    {
        Check("bare", GeneveHeader.Read, "0000 6558 123456 00", new(8, EtherType.Ethernet) { Name = "geneve", Id = 0x123456 });
        Check("control and critical", GeneveHeader.Read, "00C0 0800 123456 00", new(8, EtherType.Ipv4) { Name = "geneve", Id = 0x123456 });
        Check("two options", GeneveHeader.Read, "0400 6558 123456 00 010203E2 00000000 00000000 01020340", new(24, EtherType.Ethernet) { Name = "geneve", Id = 0x123456 }, isAll: false);
        AssertNone(GeneveHeader.Read, "4000 6558 123456 00", "0001 6558 123456 00", "0000 6558 123456 01", "0100 6558 123456 00 01020301 00000000", "0200 6558 123456 00 01020300");
    }

    [Fact]
    public void Gtp()
    {
        Check("G-PDU", GtpHeader.Read, "30FF 0020 12345678 45", new(8, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("of IPv6", GtpHeader.Read, "30FF 0128 12345678 60", new(8, EtherType.Ipv6) { Name = "gtp", Id = 0x12345678, End = 304 });
        Check("of a frame", GtpHeader.Read, "30FF 0020 12345678 02", new(8, EtherType.Ethernet) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("sequence number", GtpHeader.Read, "32FF 0020 12345678 0001 00 85 45", new(12, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("N-PDU number", GtpHeader.Read, "31FF 0020 12345678 0000 01 85 45", new(12, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("no extension", GtpHeader.Read, "34FF 0020 12345678 0000 00 00 45", new(12, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("two extensions", GtpHeader.Read, "34FF 0020 12345678 0000 00 85 01100940 02FFFFFFFFFFFF00 45", new(24, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 40 });
        Check("least payload", GtpHeader.Read, "30FF 0001 12345678 45", new(8, EtherType.Ipv4) { Name = "gtp", Id = 0x12345678, End = 9 });
        AssertNone(GtpHeader.Read, "3001 0020 12345678 45", "50FF 0020 12345678 45", "38FF 0020 12345678 45", "30FF 0000 12345678 45", "32FF 0004 12345678 0001 00 00 45", "34FF 0020 12345678 0000 00 85 00 45");
    }

    [Fact]
    public void L2tp()
    {
        Check("least", L2tpHeader.Read, "0002 0003 0004 0021", new(8, EtherType.Ipv4) { Name = "l2tp", Id = 0x30004 }, isAll: false);
        Check("length", L2tpHeader.Read, "4002 0110 0003 0004 FF03 0021", new(12, EtherType.Ipv4) { Name = "l2tp", Id = 0x30004, End = 272 }, isAll: false);
        Check("sequence numbers", L2tpHeader.Read, "4802 0110 0003 0004 0001 0002 FF03 0057", new(16, EtherType.Ipv6) { Name = "l2tp", Id = 0x30004, End = 272 }, isAll: false);
        Check("offset", L2tpHeader.Read, "0202 0003 0004 0003 FFFFFF 0021", new(13, EtherType.Ipv4) { Name = "l2tp", Id = 0x30004 }, isAll: false);
        Check("all of them", L2tpHeader.Read, "4B02 0110 0003 0004 0001 0002 0002 FFFF FF03 0021", new(20, EtherType.Ipv4) { Name = "l2tp", Id = 0x30004, End = 272 }, isAll: false);
        AssertNone(L2tpHeader.Read, "C002 0110 0003 0004 FF03 0021", "4003 0110 0003 0004 FF03 0021", "6002 0110 0003 0004 FF03 0021", "4002 0007 0003 0004 FF03 0021", "0202 0003 0004 00");
    }

    [Fact]
    public void Teredo()
    {
        byte[][] packets = [TcpOverIp("[2001:0:1::5]:50000", Server6), TcpOverIp(Client6, "[2001:0:1::5]:443")];
        foreach (var packet in packets.Select(p => p[..40]))
        {
            new HeaderCase("bare", TeredoHeader.Read, packet, new(0, EtherType.Ipv6) { Name = "teredo" }).Check();
            new HeaderCase("origin", TeredoHeader.Read, [.. Hex("0000 1234 12345678"), .. packet], new(8, EtherType.Ipv6) { Name = "teredo" }).Check();
            new HeaderCase("authentication", TeredoHeader.Read, [.. Hex("0001 02 03 AABB CCDDEE 0102030405060708 00"), .. packet], new(18, EtherType.Ipv6) { Name = "teredo" }).Check();
            new HeaderCase("both", TeredoHeader.Read, [.. Hex("0001 00 00 0102030405060708 00 0000 1234 12345678"), .. packet], new(21, EtherType.Ipv6) { Name = "teredo" }).Check();
        }

        Assert.True(TeredoHeader.Read(TcpOverIp(Client6, Server6)).IsNotThis);
    }

    [Fact]
    public void Capwap()
    {
        Check("802.3", CapwapHeader.Read, "00100200 00000000", new(8, EtherType.Ethernet) { Name = "capwap" });
        Check("802.11", CapwapHeader.Read, "00100300 00000000", new(8, EtherType.Ieee80211) { Name = "capwap" });
        Check("with the radio's address", CapwapHeader.Read, "00200310 00000000 06 123456789ABC 00", new(16, EtherType.Ieee80211) { Name = "capwap" });
        Check("fragment", CapwapHeader.Read, "00100280 00010000", new(8, EtherType.FrameFragment) { Name = "capwap" });
        Check("DTLS 1.0", CapwapHeader.Read, "01000000 14FEFF00", new(4, EtherType.ProtectedCapwap) { Name = "capwap" }, isAll: false);
        Check("DTLS 1.2", CapwapHeader.Read, "01000000 19FEFD00", new(4, EtherType.ProtectedCapwap) { Name = "capwap" }, isAll: false);
        AssertNone(CapwapHeader.Read, "00100208 00000000", "00100500 00000000", "00100201 00000000", "00100200 00000001", "00080200 00000000", "10100200 00000000", "01000000 13FEFD00", "01000000 1AFEFD00", "01000000 17030300");
    }

    private static void AssertNone(EncapsulationReader read, params string[] headers) => Assert.All(headers, header => Assert.True(read(Hex(header)).IsNotThis, header));
}
