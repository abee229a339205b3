using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Network;

/// <summary>Where fragments of a datagram differ, or contradict each other.</summary>
public sealed class FragmentTruthTests
{
    private static readonly IpAddress From = PacketBuilder.Address("192.0.2.1");
    private static readonly IpAddress To = PacketBuilder.Address("198.51.100.7");
    private static readonly IpAddress From6 = PacketBuilder.Address("2001:db8::1");
    private static readonly IpAddress To6 = PacketBuilder.Address("2001:db8:7::7");
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>RFC 8200 section 4.5: of the fragments' Next Header values that of the first one counts.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Protocol_and_hop_limit_are_those_of_the_first_fragment(bool isFirstFirst)
    {
        var datagram = PacketBuilder.UdpDatagram(new(From6, 50_000), new(To6, 53), Payload);
        var first = PacketBuilder.Ipv6(From6, To6, 44, PacketBuilder.Ipv6FragmentHeader(17, 0, more: true, 9, datagram.AsSpan(0, 24)), hopLimit: 61);
        var last = PacketBuilder.Ipv6(From6, To6, 44, PacketBuilder.Ipv6FragmentHeader(60, 24, more: false, 9, datagram.AsSpan(24)), hopLimit: 33);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(isFirstFirst ? first : last)), out var packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(isFirstFirst ? last : first)), out packet);
        Assert.Equal((PacketKind.Udp, 17, 61, "[2001:db8::1]:50000"), (packet.Kind, packet.Protocol, packet.TimeToLive, packet.Source.ToString()));
        Assert.Equal(Payload, packet.Payload);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_time_to_live_is_that_of_the_first_fragment_that_begins_the_datagram(bool isFirstFirst)
    {
        var decoder = Decoder();
        (int Offset, int Length, byte TimeToLive)[] order = isFirstFirst ? [(0, 16, 61), (0, 16, 12), (16, 24, 33)] : [(16, 24, 33), (0, 16, 61)];
        var packet = default(Packet);
        foreach (var (offset, length, timeToLive) in order) decoder.Decode(PacketBuilder.Frame(Fragment(offset, length, timeToLive: timeToLive)), out packet);
        Assert.Equal((PacketKind.Udp, 61), (packet.Kind, packet.TimeToLive));
    }

    [Theory]
    [InlineData(16, true)] // another end in front of the one that is known
    [InlineData(48, true)] // one behind it
    [InlineData(48, false)] // more behind it
    [InlineData(40, false)]
    public void A_datagram_has_one_end(int end, bool isLast)
    {
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(24, 16)), out var packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        var piece = PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, new byte[8], identification: 1, fragment: (ushort)(((end - 8) / 8) | (isLast ? 0 : 0x2000))));
        decoder.Decode(PacketBuilder.Frame(piece), out packet);
        Assert.Equal(end == 40 ? PacketKind.Fragment : PacketKind.Broken, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(Fragment(0, 24)), out packet); // IPv4: what contradicts is left out, and the rest goes on
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(Payload, packet.Payload);
    }

    [Fact]
    public void An_end_in_front_of_what_has_come_is_broken()
    {
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(16, 16)), out var packet);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, new byte[8], identification: 1, fragment: 1))), out packet);
        Assert.Equal(PacketKind.Broken, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(Fragment(32, 8)), out packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(0, 16)), out packet);
        Assert.Equal(PacketKind.Udp, packet.Kind);
    }

    /// <summary>The second fragment lies around the first, and the capture kept the beginning of it alone: the datagram is held up to the first byte that is missing.</summary>
    [Theory]
    [InlineData(24, 40)]
    [InlineData(12, 24)] // cut inside of what came before
    [InlineData(4, 12)]
    public void Of_an_overlap_that_was_cut_what_came_before_is_whole(int kept, int held)
    {
        var decoder = Decoder();
        var around = Fragment(8, 24);
        decoder.Decode(PacketBuilder.Frame(Fragment(16, 8)), out var packet);
        decoder.Decode(PacketBuilder.Frame(around[..(34 + kept)], originalLength: (uint)around.Length), out packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(32, 8)), out packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(0, 8)), out packet);
        Assert.Equal((PacketKind.Udp, Payload.Length), (packet.Kind, packet.PayloadLength));
        Assert.Equal(Payload[..(held - 8)], packet.Payload.ToArray());
    }

    private static byte[] Fragment(int offset, int length, byte timeToLive = 64)
    {
        var datagram = PacketBuilder.UdpDatagram(new(From, 50_000), new(To, 53), Payload);
        var more = offset + length < datagram.Length ? 0x2000 : 0;
        return PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, datagram.AsSpan(offset, length), timeToLive, identification: 1, fragment: (ushort)((offset / 8) | more)));
    }
}
