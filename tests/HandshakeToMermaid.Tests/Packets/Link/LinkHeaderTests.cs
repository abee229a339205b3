using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Packets.Link;

/// <summary>Each link header by itself: how long it is, what is behind it, and where the addresses of the link are.</summary>
public sealed class LinkHeaderTests
{
    private static readonly byte[] Addresses = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
    private static readonly byte[] Snap = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0];
    private static readonly byte[] Hardware = [2, 0, 0, 0, 0, 1, 0, 0];

    [Fact]
    public void Ethernet_has_a_type_or_a_length_with_LLC()
    {
        Check("type", EthernetHeader.Read, [.. Addresses, 0x86, 0xDD], Ethernet(14, EtherType.Ipv6));
        Check("least type", EthernetHeader.Read, [.. Addresses, 0x05, 0xDD], Ethernet(14, 0x05DD));
        Check("greatest length, IP", EthernetHeader.Read, [.. Addresses, 0x05, 0xDC, 6, 6, 3], Ethernet(17, EtherType.Ipv4));
        Check("jumbo frame", EthernetHeader.Read, [.. Addresses, 0x88, 0x70, .. Snap], Ethernet(22, EtherType.Ipv4));
        Check("SNAP", EthernetHeader.Read, [.. Addresses, 0, 50, .. Snap], Ethernet(22, EtherType.Ipv4));
        Check("SNAP of a bridge", EthernetHeader.Read, [.. Addresses, 0, 50, 0xAA, 0xAA, 3, 0, 0, 0xF8, 8, 6], Ethernet(22, 0x0806));
        Check("SNAP of DEC", EthernetHeader.Read, [.. Addresses, 0, 50, 0xAA, 0xAA, 3, 0xAA, 0, 0, 8, 0], Ethernet(22, EtherType.None));
        Check("SNAP of Cisco", EthernetHeader.Read, [.. Addresses, 0, 50, 0xAA, 0xAA, 3, 0, 0, 0x0C, 8, 0], Ethernet(22, EtherType.None));
        Check("spanning tree", EthernetHeader.Read, [.. Addresses, 0, 38, 0x42, 0x42, 3], Ethernet(17, EtherType.None));
        Check("a numbered frame", EthernetHeader.Read, [.. Addresses, 0, 38, 6, 6, 0], Ethernet(17, EtherType.None));
    }

    [Fact]
    public void A_tag_has_an_identifier_of_twelve_bits()
    {
        Check("tag", VlanTag.Read, [0xFF, 0xFE, 8, 0], new(4, EtherType.Ipv4) { Name = "vlan", Id = 4094 });
        Check("priority", VlanTag.Read, [0xE0, 0, 8, 0], new(4, EtherType.Ipv4));
        Check("LLC", VlanTag.Read, [0, 5, 0, 50, .. Snap], new(12, EtherType.Ipv4) { Name = "vlan", Id = 5 });
        Assert.All(new ushort[] { 0x8100, 0x88A8, 0x9100 }, type => Assert.True(VlanTag.Is(type)));
        Assert.False(VlanTag.Is(0x88E7));
    }

    [Fact]
    public void A_cooked_header_has_an_address_where_it_is_one_of_IEEE_802()
    {
        Check("v1", LinuxCookedHeader.Read, [0, 0, 0, 1, 0, 6, .. Hardware, 8, 0], new(16, EtherType.Ipv4) { SourceAt = 6 });
        Check("v1, none", LinuxCookedHeader.Read, [0, 0, 2, 0, 0, 0, .. new byte[8], 0x86, 0xDD], new(16, EtherType.Ipv6));
        Check("v1, eight bytes", LinuxCookedHeader.Read, [0, 0, 0, 32, 0, 8, .. Hardware, 8, 0], new(16, EtherType.Ipv4));
        Check("v1, LLC", LinuxCookedHeader.Read, [0, 0, 0, 1, 0, 6, .. Hardware, 0, 4, .. Snap], new(24, EtherType.Ipv4) { SourceAt = 6 });
        Check("v1, no EtherType", LinuxCookedHeader.Read, [0, 0, 0, 1, 0, 6, .. Hardware, 0x05, 0xDC], new(16, EtherType.None) { SourceAt = 6 });
        Check("v1, least EtherType", LinuxCookedHeader.Read, [0, 0, 0, 1, 0, 6, .. Hardware, 0x05, 0xDD], new(16, 0x05DD) { SourceAt = 6 });
        Check("v1, netlink", LinuxCookedHeader.Read, [0, 4, 3, 56, 0, 0, .. new byte[8], 8, 0], new(16, EtherType.None));
        Check("v2", LinuxCooked2Header.Read, [8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, .. Hardware], new(20, EtherType.Ipv4) { SourceAt = 12 });
        Check("v2, none", LinuxCooked2Header.Read, [0x86, 0xDD, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, .. new byte[8]], new(20, EtherType.Ipv6));
        Check("v2, LLC", LinuxCooked2Header.Read, [0, 4, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, .. Hardware, .. Snap], new(28, EtherType.Ipv4) { SourceAt = 12 });
        Check("v2, netlink", LinuxCooked2Header.Read, [8, 0, 0, 0, 0, 0, 0, 1, 3, 56, 0, 0, .. new byte[8]], new(20, EtherType.None));
    }

    [Theory]
    [InlineData(0x21, EtherType.Ipv4)]
    [InlineData(0x57, EtherType.Ipv6)]
    [InlineData(0x0281, EtherType.Mpls)]
    [InlineData(0x0283, EtherType.UpstreamMpls)]
    [InlineData(0x53, EtherType.HiddenPpp)]
    [InlineData(0x55, EtherType.HiddenPpp)]
    [InlineData(0xFB, EtherType.HiddenPpp)]
    [InlineData(0xFD, EtherType.HiddenPpp)]
    [InlineData(0xC021, EtherType.None)]
    internal void PPP_names_its_protocol_in_two_bytes_or_in_one(int protocol, ushort type)
    {
        Check("bare", PppHeader.Read, TlsBytes.U16(protocol), new(2, type));
        Check("framed", PppHeader.Read, [0xFF, 3, .. TlsBytes.U16(protocol)], new(4, type));
        if (protocol > 0xFF) return;
        Check("short", PppHeader.Read, [(byte)protocol, 0x45], new(1, type));
        Check("framed and short", PppHeader.Read, [0xFF, 3, (byte)protocol, 0x45], new(3, type));
    }

    [Theory]
    [InlineData(2, EtherType.Ipv4)]
    [InlineData(10, EtherType.Ipv6)]
    [InlineData(24, EtherType.Ipv6)]
    [InlineData(28, EtherType.Ipv6)]
    [InlineData(30, EtherType.Ipv6)]
    [InlineData(16, EtherType.None)]
    internal void A_loopback_names_an_address_family_in_either_order(byte family, ushort type)
    {
        Check("little", LoopbackHeader.Read, [family, 0, 0, 0], new(4, type));
        Check("big", LoopbackHeader.Read, [0, 0, 0, family], new(4, type));
    }

    [Fact]
    public void A_netfilter_log_has_its_packet_behind_other_attributes()
    {
        Encapsulation none = new(4, EtherType.None);
        byte[] mark = [8, 0, 2, 0, 1, 2, 3, 4];
        byte[] empty = [4, 0, 8, 0];
        byte[] prefix = [5, 0, 10, 0, 0, 0, 0, 0];
        Assert.Equal(new(8, EtherType.Ipv4), NflogHeader.Read([2, 0, 0, 5, 24, 0, 9, 0]));
        Assert.Equal(new(28, EtherType.Ipv6), NflogHeader.Read([10, 0, 0, 5, .. mark, .. empty, .. prefix, 24, 0, 9, 0]));
        Assert.Equal(new(16, EtherType.Ipv4), NflogHeader.Read([2, 0, 0, 5, 0, 8, 0, 2, 1, 2, 3, 4, 0, 24, 0, 9]));
        Assert.Equal(none, NflogHeader.Read([2, 1, 0, 5, 24, 0, 9, 0])); // another version
        Assert.Equal(none, NflogHeader.Read([7, 0, 0, 5, 24, 0, 9, 0])); // a bridge
        Assert.Equal(none, NflogHeader.Read([2, 0, 0, 5, 3, 0, 1, 0, 24, 0, 9, 0]));
        Assert.Equal(none, NflogHeader.Read([2, 0, 0, 5, .. mark]));
        Assert.Equal(none, NflogHeader.Read([2, 0, 0]));
    }

    [Fact]
    public void A_subframe_of_an_aggregate_ends_where_its_length_says()
    {
        Check("subframe", AggregateMsdu.Read, [.. Addresses, 1, 2, .. Snap], new(22, EtherType.Ipv4) { End = 14 + 258, SourceAt = 6, DestinationAt = 0 });
        Assert.Equal([16, 20, 20, 20, 20], new[] { 16, 17, 18, 19, 20 }.Select(AggregateMsdu.Next));
    }

    private static Encapsulation Ethernet(int length, ushort type) => new(length, type) { SourceAt = 6, DestinationAt = 0 };

    private static void Check(string name, EncapsulationReader read, byte[] header, Encapsulation expected) => new HeaderCase(name, read, header, expected).Check();
}
