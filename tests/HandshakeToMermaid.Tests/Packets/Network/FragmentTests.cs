using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Network;

public class FragmentTests
{
    private static readonly IpAddress From = PacketBuilder.Address("192.0.2.1");
    private static readonly IpAddress To = PacketBuilder.Address("198.51.100.7");
    private static readonly IpAddress From6 = PacketBuilder.Address("2001:db8::1");
    private static readonly IpAddress To6 = PacketBuilder.Address("2001:db8:7::7");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_in_any_order_and_any_split_give_the_same_datagram(bool isIpv6)
    {
        var random = new Random(8200);
        var decoder = Decoder();
        for (var round = 0; round < 300; round++)
        {
            var payload = new byte[random.Next(1, 4000)];
            random.NextBytes(payload);
            var datagram = Datagram(isIpv6, payload);
            var pieces = Split(datagram.Length, random);
            for (var i = 0; i < random.Next(3); i++) pieces.Add(pieces[random.Next(pieces.Count)]); // some come twice
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pieces));

            var completed = 0;
            var seen = new HashSet<int>();
            var needed = pieces.Select(p => p.Offset).Distinct().Count();
            foreach (var (offset, length) in pieces)
            {
                if (seen.Count == needed) break;
                seen.Add(offset);
                decoder.Decode(PacketBuilder.Frame(Fragment(isIpv6, datagram, offset, length, (uint)round + 1), seen.Count), out var packet);
                if (seen.Count < needed)
                {
                    Assert.Equal(PacketKind.Fragment, packet.Kind);
                    continue;
                }

                completed++;
                Assert.Equal(PacketKind.Udp, packet.Kind);
                Assert.Equal(50_000, packet.Source.Port);
                Assert.Equal(53, packet.Destination.Port);
                Assert.Equal(payload, packet.Payload);
                Assert.Equal(payload.Length, packet.PayloadLength);
                Assert.Equal(needed, packet.Mark.Frame);
            }

            Assert.Equal(1, completed);
            Assert.Equal(0, decoder.FragmentedDatagramsWaiting);
        }
    }

    [Fact]
    public void The_longest_datagram_is_put_together()
    {
        var payload = new byte[65_535 - 20 - 8];
        payload[^1] = 7;
        var datagram = Datagram(false, payload);
        var decoder = Decoder();
        var packet = default(Packet);
        for (var offset = 0; offset < datagram.Length; offset += 1480)
        {
            decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, offset, Math.Min(1480, datagram.Length - offset), 1)), out packet);
        }

        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(payload, packet.Payload);
    }

    [Fact]
    public void Of_IPv4_bytes_that_come_twice_the_first_count()
    {
        var datagram = Datagram(false, new byte[32]);
        var other = datagram.ToArray();
        other.AsSpan(8).Fill(0xFF);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 16, 8, 1)), out var packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, other, 8, 24, 1)), out packet); // around the first
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 0, 24, 1)), out packet); // only 0 to 8 is new
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 24, 16, 1)), out packet); // only 32 to 40 is new
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal([.. Fill(0xFF, 8), .. Fill(0, 8), .. Fill(0xFF, 8), .. Fill(0, 8)], packet.Payload.ToArray());
    }

    [Fact]
    public void Overlapping_IPv6_fragments_spoil_their_datagram()
    {
        var datagram = Datagram(true, new byte[32]);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(true, datagram, 0, 16, 1)), out var packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(true, datagram, 8, 16, 1)), out packet);
        Assert.Equal(PacketKind.Broken, packet.Kind);
        Assert.Equal("Fragment Offset has an invalid value at byte 62", packet.Fault.ToString());
        decoder.Decode(PacketBuilder.Frame(Fragment(true, datagram, 16, 24, 1)), out packet);
        Assert.Equal(PacketKind.Broken, packet.Kind);
    }

    [Fact]
    public void An_end_that_moves_is_broken()
    {
        foreach (var isIpv6 in new[] { false, true })
        {
            var datagram = Datagram(isIpv6, new byte[32]);
            var decoder = Decoder();
            decoder.Decode(PacketBuilder.Frame(Fragment(isIpv6, datagram, 24, 16, 1)), out var packet);
            decoder.Decode(PacketBuilder.Frame(Fragment(isIpv6, [.. datagram, .. new byte[16]], 40, 16, 1)), out packet);
            Assert.Equal(PacketKind.Broken, packet.Kind);
        }
    }

    [Fact]
    public void Fragments_that_are_none_are_broken()
    {
        Assert.Equal(PacketKind.Broken, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, [], fragment: 0x2000))).Kind);
        Assert.Equal(PacketKind.Broken, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, new byte[9], fragment: 0x2000))).Kind);
        Assert.Equal(PacketKind.Broken, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, new byte[16], fragment: 0x1FFF))).Kind);
        Assert.Equal(PacketKind.Fragment, Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(From, To, 17, new byte[7], fragment: 0x1FFF))).Kind);
    }

    [Theory]
    [InlineData(60, PacketKind.Udp)]
    [InlineData(61, PacketKind.Fragment)]
    internal void A_datagram_waits_sixty_seconds_of_capture_time(long seconds, PacketKind kind)
    {
        var datagram = Datagram(false, new byte[32]);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 0, 16, 1), 1, 5 * Timestamp.PerSecond), out var packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 16, 24, 1), 2, (5 + seconds) * Timestamp.PerSecond), out packet);
        Assert.Equal(kind, packet.Kind);
    }

    [Theory]
    [InlineData(3, 0, PacketKind.Udp)]
    [InlineData(4, 0, PacketKind.Udp)]
    [InlineData(5, 1, PacketKind.Fragment)]
    internal void At_the_cap_the_datagram_touched_longest_ago_goes(uint datagrams, long pushedOut, PacketKind kindOfSecond)
    {
        var datagram = Datagram(false, new byte[32]);
        var decoder = Decoder(new AnalyzerLimits { FragmentedDatagrams = 4 });
        Packet packet;
        for (uint id = 1; id <= datagrams; id++)
        {
            decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 0, 8, id)), out packet);
            if (id == 3) decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 8, 8, 1)), out packet); // the first one is touched again
        }

        Assert.Equal(pushedOut, decoder.FragmentedDatagramsPushedOut);
        Assert.Equal((int)Math.Min(datagrams, 4), decoder.FragmentedDatagramsWaiting);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 16, 24, 1)), out packet);
        Assert.Equal(PacketKind.Udp, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 8, 32, 2)), out packet);
        Assert.Equal(kindOfSecond, packet.Kind);
    }

    [Theory]
    [InlineData(4, PacketKind.Udp)]
    [InlineData(5, PacketKind.Udp)]
    [InlineData(6, PacketKind.Broken)]
    internal void A_datagram_of_more_fragments_than_the_cap_is_given_up(int count, PacketKind kind)
    {
        var datagram = Datagram(false, new byte[(count * 8) - 8]);
        var decoder = Decoder(new AnalyzerLimits { FragmentsPerDatagram = 5 });
        var packet = default(Packet);
        for (var i = 0; i < count; i++) decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, i * 8, 8, 1)), out packet);
        Assert.Equal(kind, packet.Kind);
    }

    [Fact]
    public void A_cut_fragment_leaves_the_payload_short_and_its_length_true()
    {
        var datagram = Datagram(false, [.. Enumerable.Range(0, 100).Select(i => (byte)i)]);
        var decoder = Decoder();
        var first = Fragment(false, datagram, 0, 56, 1);
        decoder.Decode(PacketBuilder.Frame(first[..60], originalLength: (uint)first.Length), out var packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 56, 52, 1)), out packet);
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(100, packet.PayloadLength);
        Assert.Equal(Enumerable.Range(0, 60 - 34 - 8).Select(i => (byte)i).ToArray(), packet.Payload.ToArray());
    }

    [Fact]
    public void Datagrams_of_different_hosts_protocols_and_numbers_do_not_mix()
    {
        var datagram = Datagram(false, new byte[32]);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 0, 16, 1)), out var packet);
        decoder.Decode(PacketBuilder.Frame(Fragment(false, datagram, 16, 24, 2)), out packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(To, From, 17, datagram, 16, 24, 1))), out packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(From, To, 6, datagram, 16, 24, 1))), out packet);
        Assert.Equal(PacketKind.Fragment, packet.Kind);
        Assert.Equal(4, decoder.FragmentedDatagramsWaiting);
    }

    [Fact]
    public void Extension_headers_inside_a_fragmented_datagram_are_stepped_over()
    {
        var udp = PacketBuilder.UdpDatagram(new(From6, 50_000), new(To6, 53), new byte[40]);
        var datagram = PacketBuilder.Ipv6Extension(17, new byte[6], udp);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(From6, To6, 60, datagram, 32, 24, 1))), out var packet);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(From6, To6, 60, datagram, 0, 32, 1))), out packet);
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(40, packet.PayloadLength);
    }

    [Fact]
    public void A_fragment_of_fragments_is_broken()
    {
        var inner = PacketBuilder.Ipv6FragmentHeader(17, 8, more: true, 2, new byte[24]);
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(From6, To6, 44, inner, 0, 16, 1))), out var packet);
        decoder.Decode(PacketBuilder.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(From6, To6, 44, inner, 16, 16, 1))), out packet);
        Assert.Equal(PacketKind.Broken, packet.Kind);
    }

    private static byte[] Datagram(bool isIpv6, byte[] payload) =>
        PacketBuilder.UdpDatagram(new(isIpv6 ? From6 : From, 50_000), new(isIpv6 ? To6 : To, 53), payload);

    private static byte[] Fragment(bool isIpv6, byte[] datagram, int offset, int length, uint id) =>
        PacketBuilder.Ethernet(PacketBuilder.IpFragment(isIpv6 ? From6 : From, isIpv6 ? To6 : To, 17, datagram, offset, length, id));

    private static List<(int Offset, int Length)> Split(int length, Random random)
    {
        var pieces = new List<(int, int)>();
        for (var offset = 0; offset < length;)
        {
            // At least two, or it would be no fragment.
            var most = offset == 0 ? length - 1 : length - offset;
            var size = Math.Min(random.Next(1, 60) * 8, most);
            if (offset + size < length) size = Math.Max(size / 8 * 8, 8);
            pieces.Add((offset, size));
            offset += size;
        }

        return pieces;
    }

    private static byte[] Fill(byte value, int count) => [.. Enumerable.Repeat(value, count)];
}
