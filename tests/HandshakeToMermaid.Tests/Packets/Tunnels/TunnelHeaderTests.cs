using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Packets.Tunnels;

/// <summary>Each tunnel header by itself: how long it is with which of its optional fields, what is behind it, and its identifier.</summary>
public sealed class TunnelHeaderTests
{
    [Fact]
    public void Pppoe()
    {
        Check("session", PppoeHeader.Read, "1100 0107 0102 0021", new(8, EtherType.Ipv4) { Name = "pppoe", Id = 263, End = 6 + 258 });
        Check("discovery", PppoeHeader.Read, "1109 0000 0010", new(6, EtherType.None));
        Check("another version", PppoeHeader.Read, "2100 0107 0102", new(6, EtherType.None));
    }

    [Fact]
    public void Mpls()
    {
        const string Ipv4 = "4500 0014 0000 0000 4006 66E2 0A000001 0A000002";
        Check("IPv4", MplsStack.Read, "12345 1 40" + Ipv4, new(4, EtherType.Ipv4) { Name = "mpls", Id = 0x12345 });
        Check("IPv6", MplsStack.Read, "12345 1 40 60000000 0014 06 40" + new string('0', 64), new(4, EtherType.Ipv6) { Name = "mpls", Id = 0x12345 });
        Check("two labels", MplsStack.Read, "00010 0 40 00011 F 40" + Ipv4, new(8, EtherType.Ipv4) { Name = "mpls", Id = 17 });
        Assert.Equal(new(66, EtherType.None) { Name = "mpls", Id = 16 }, MplsStack.Read(Hex("00010 1 40 45" + new string('0', 120)))); // might be an address
        Check("an IPv4 header whose checksum is wrong", MplsStack.Read, "00010 1 40 45" + new string('0', 124), new(4, EtherType.Ipv4) { Name = "mpls", Id = 16 }, isAll: false);
        Check("something else", MplsStack.Read, "00010 1 40 50", new(4, EtherType.None) { Name = "mpls", Id = 16, IsUnread = true });
        var sixteen = string.Concat(Enumerable.Repeat("00010 0 40", 15));
        Check("sixteen labels", MplsStack.Read, sixteen + "00010 1 40" + Ipv4, new(64, EtherType.Ipv4) { Name = "mpls", Id = 16 });
        Check("seventeen labels", MplsStack.Read, sixteen + "00010 0 40 00010 1 40", new(64, EtherType.None, new WireFault(FaultKind.TooLong, 64, "MPLS label stack")));
    }

    [Fact]
    public void Backbone_and_EtherIP()
    {
        Check("service tag", EtherIpHeader.ReadBackbone, "E0123456", new(4, EtherType.Ethernet) { Name = "pbb", Id = 0x123456 });
        Check("EtherIP", EtherIpHeader.Read, "3000", new(2, EtherType.Ethernet) { Name = "etherip" });
        Check("reserved bits", EtherIpHeader.Read, "3001", new(2, EtherType.None) { IsUnread = true });
        Check("another version", EtherIpHeader.Read, "4000", new(2, EtherType.None) { IsUnread = true });
    }

    [Theory]
    [InlineData(1, EtherType.Ipv4)]
    [InlineData(2, EtherType.Ipv6)]
    [InlineData(3, EtherType.Ethernet)]
    [InlineData(5, EtherType.Mpls)]
    [InlineData(4, EtherType.None)]
    internal void Nsh(byte next, ushort type)
    {
        Check("least", NshHeader.Read, $"0002 02 {next:x2} 123456 FF", new(8, type) { Name = "nsh", Id = 0x123456 });
        Check("metadata type 1", NshHeader.Read, $"0006 01 {next:x2} 123456 FF", new(24, type) { Name = "nsh", Id = 0x123456 }, isAll: false);
        Check("too short", NshHeader.Read, $"0001 02 {next:x2} 123456 FF", new(8, EtherType.None));
        Check("another version", NshHeader.Read, $"4002 02 {next:x2} 123456 FF", new(8, EtherType.None));
    }

    [Fact]
    public void Gre()
    {
        Check("bare", GreHeader.Read, "0000 0800", new(4, EtherType.Ipv4) { Name = "gre" });
        Check("key", GreHeader.Read, "2000 86DD 12345678", new(8, EtherType.Ipv6) { Name = "gre", Id = 0x12345678 });
        Check("checksum and key", GreHeader.Read, "A000 0800 FFFF0000 12345678", new(12, EtherType.Ipv4) { Name = "gre", Id = 0x12345678 });
        Check("key and sequence", GreHeader.Read, "3000 0800 12345678 00000001", new(12, EtherType.Ipv4) { Name = "gre", Id = 0x12345678 }, isAll: false);
        Check("checksum", GreHeader.Read, "8000 0800", new(8, EtherType.Ipv4) { Name = "gre" }, isAll: false);
        Check("sequence", GreHeader.Read, "1000 0800", new(8, EtherType.Ipv4) { Name = "gre" }, isAll: false);
        Check("source route", GreHeader.Read, "4000 0800", new(4, EtherType.None) { IsUnread = true });
        Check("version 2", GreHeader.Read, "0002 0800", new(4, EtherType.None) { IsUnread = true });
        Check("ERSPAN type I", GreHeader.Read, "0000 88BE", new(4, EtherType.Ethernet) { Name = "gre" });
        Check("ERSPAN type II", GreHeader.Read, "1000 88BE", new(8, EtherType.Erspan2) { Name = "gre" }, isAll: false);
        Assert.Equal("gre", GreHeader.Read([0x20, 0, 8, 0, 1, 2, 3]).Name);
    }

    [Fact]
    public void Gre_of_PPTP()
    {
        Check("data", GreHeader.Read, "3001 880B 00201234 00000001", new(12, EtherType.Ppp) { Name = "gre", Id = 0x1234 }, isAll: false);
        Check("data and acknowledgment", GreHeader.Read, "3081 880B 00201234 00000001 00000002", new(16, EtherType.Ppp) { Name = "gre", Id = 0x1234 }, isAll: false);
        Check("acknowledgment alone", GreHeader.Read, "2081 880B 00001234 00000002", new(12, EtherType.None) { Name = "gre", Id = 0x1234 }, isAll: false);
        Check("without a key", GreHeader.Read, "1001 880B", new(4, EtherType.None) { IsUnread = true });
        Check("no PPP", GreHeader.Read, "3001 0800", new(4, EtherType.None) { IsUnread = true });
    }

    [Fact]
    public void Erspan()
    {
        Check("type II", ErspanHeader.Read, "1005 FF14 00000000", new(8, EtherType.Ethernet) { Name = "erspan", Id = 0x314 });
        Check("type III", ErspanHeader.Read, "2005 FF14 00000000 0000 8000", new(12, EtherType.Ethernet) { Name = "erspan", Id = 0x314 });
        Check("type III with a platform header", ErspanHeader.Read, "2005 0014 00000000 0000 8001", new(20, EtherType.Ethernet) { Name = "erspan", Id = 20 }, isAll: false);
        Check("type III of IPv4", ErspanHeader.Read, "2005 0014 00000000 0000 0800 45", new(12, EtherType.Ipv4) { Name = "erspan", Id = 20 }, isAll: false);
        Check("type III of IPv6", ErspanHeader.Read, "2005 0014 00000000 0000 0801 0000000000000000 60", new(20, EtherType.Ipv6) { Name = "erspan", Id = 20 }, isAll: false);
        Check("type III of IP, at its end", ErspanHeader.Read, "2005 0014 00000000 0000 0800", new(12, EtherType.Ipv4) { Name = "erspan", Id = 20 });
        Check("type III of another frame", ErspanHeader.Read, "2005 0014 00000000 0000 0400", new(12, EtherType.None) { Name = "erspan", Id = 20 });
        Check("version 3", ErspanHeader.Read, "3005 0014 00000000", new(8, EtherType.None) { Name = "erspan" });
    }

    /// <summary>Bytes from hexadecimal digits; spaces separate fields.</summary>
    internal static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <param name="isAll">False where the reader knows the length before it has seen all of the header.</param>
    internal static void Check(string name, EncapsulationReader read, string header, Encapsulation expected, bool isAll = true)
    {
        var bytes = Hex(header);
        if (isAll) new HeaderCase(name, read, bytes, expected).Check();
        else Assert.Equal((name, expected), (name, read([.. bytes, .. new byte[Math.Max(0, expected.HeaderLength - bytes.Length)]])));
    }
}
