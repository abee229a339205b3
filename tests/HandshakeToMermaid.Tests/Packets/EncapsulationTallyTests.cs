using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>Everything that hides packets has a name, with its number where it has one.</summary>
public sealed class EncapsulationTallyTests
{
    private readonly EncapsulationTally tally = new();

    [Theory]
    [InlineData(0x22F3, "TRILL (EtherType 0x22f3)")]
    [InlineData(0x8847, "MPLS (EtherType 0x8847)")]
    [InlineData(0x8848, "MPLS (EtherType 0x8848)")]
    [InlineData(0x888E, "EAPOL (EtherType 0x888e)")]
    [InlineData(0x88E5, "MACsec (EtherType 0x88e5)")]
    [InlineData(0x0806, null)]
    public void An_EtherType(ushort type, string? name)
    {
        tally.EtherType(type, 9);
        AssertIs(name);
    }

    [Theory]
    [InlineData(47, "GRE (IP protocol 47)")]
    [InlineData(50, "ESP (IP protocol 50)")]
    [InlineData(94, "IP in IP (IP protocol 94)")]
    [InlineData(97, "EtherIP (IP protocol 97)")]
    [InlineData(115, "L2TP (IP protocol 115)")]
    [InlineData(137, "MPLS in IP (IP protocol 137)")]
    [InlineData(89, null)]
    public void A_protocol_of_IP(byte protocol, string? name)
    {
        tally.IpProtocol(protocol, 9);
        AssertIs(name);
    }

    [Theory]
    [InlineData(1024, 1194, "OpenVPN (UDP port 1194)")]
    [InlineData(50_000, 4500, "ESP in UDP (UDP port 4500)")]
    [InlineData(50_000, 37_008, "TZSP (UDP port 37008)")]
    [InlineData(50_000, 51_820, "WireGuard (UDP port 51820)")]
    [InlineData(1023, 51_820, null)] // an answer
    [InlineData(50_000, 123, null)]
    public void A_port_of_UDP(ushort source, ushort port, string? name)
    {
        tally.UdpPort(source, port, 9);
        AssertIs(name);
    }

    [Theory]
    [InlineData(HandshakeToMermaid.Packets.Link.EtherType.ProtectedIeee80211, "encrypted IEEE 802.11 data")]
    [InlineData(HandshakeToMermaid.Packets.Link.EtherType.HiddenPpp, "compressed or encrypted PPP data")]
    [InlineData(HandshakeToMermaid.Packets.Link.EtherType.FrameFragment, "fragments of link frames")]
    [InlineData(HandshakeToMermaid.Packets.Link.EtherType.ProtectedCapwap, "CAPWAP data protected by DTLS")]
    [InlineData(HandshakeToMermaid.Packets.Link.EtherType.Ipv4, null)]
    public void What_cannot_be_looked_into(ushort type, string? name)
    {
        Assert.Equal(name is not null, tally.Hidden(type, 9));
        AssertIs(name);
    }

    [Fact]
    public void The_most_frames_come_first_and_the_first_of_each_is_named()
    {
        tally.IpProtocol(50, 3);
        tally.UdpPort(50_000, 1194, 5);
        tally.UdpPort(50_000, 1194, 8);
        Assert.Equal([new("OpenVPN (UDP port 1194)", new FrameTally(2, 5)), new("ESP (IP protocol 50)", new FrameTally(1, 3))], tally.All);
    }

    private void AssertIs(string? name) => Assert.Equal(name is null ? [] : [new(name, new FrameTally(1, 9))], tally.All);
}
