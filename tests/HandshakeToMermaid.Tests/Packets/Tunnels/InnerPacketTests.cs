using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Tunnels;

/// <summary>The packet inside decides whether a datagram is a tunnel.</summary>
public sealed class InnerPacketTests
{
    private const int FixedLength = 40;

    [Fact]
    public void The_checksum_of_any_IPv4_header_is_right_and_with_one_byte_changed_wrong()
    {
        var random = new Random(1071);
        for (var round = 0; round < 2000; round++)
        {
            var options = new byte[random.Next(11) * 4];
            random.NextBytes(options);
            var packet = PacketBuilder.Ipv4(IpAddress.FromIpv4((uint)random.NextInt64()), IpAddress.FromIpv4((uint)random.NextInt64()), 6, new byte[20], identification: (ushort)random.Next(), options: options);
            var header = 20 + options.Length;
            Assert.True(InnerPacket.IsSound(packet, 0, EtherType.Ipv4, packet.Length), Convert.ToHexString(packet));
            Assert.True(InnerPacket.IsSound(packet[..header], 0, EtherType.Ipv4, packet.Length));
            Assert.False(InnerPacket.IsSound(packet[..(header - 1)], 0, EtherType.Ipv4, packet.Length));
            Assert.False(InnerPacket.IsSound(packet, 0, EtherType.Ipv4, packet.Length - 1));
            packet[random.Next(header)] += (byte)random.Next(1, 255);
            Assert.False(InnerPacket.IsSound(packet, 0, EtherType.Ipv4, packet.Length), Convert.ToHexString(packet));
        }
    }

    [Fact]
    public void A_header_of_IPv4_may_be_all_there_is_and_no_less()
    {
        var packet = PacketBuilder.Ipv4(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), 59, []);
        Assert.True(InnerPacket.IsSound(packet, 0, EtherType.Ipv4, 20));
        Assert.False(InnerPacket.IsSound([0x44, 0, 0, 20, 0, 0, 0, 0, 0xBB, 0xEB, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0, EtherType.Ipv4, 20)); // 16 bytes of header, whose sum is right
        Assert.False(InnerPacket.IsSound([0x45, 0, 0, 19, 0, 0, 0, 0, 0xBA, 0xEC, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0, EtherType.Ipv4, 20)); // shorter than its header
        Assert.False(InnerPacket.IsSound(PacketBuilder.Ipv6(new(1, 0), new(2, 0), 6, new byte[20]), 0, EtherType.Ipv4, 60));
    }

    [Theory]
    [InlineData(0, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 60, 132)]
    public void An_IPv6_packet_has_a_known_next_header_and_a_length_that_fits(params int[] known)
    {
        for (var protocol = 0; protocol < 256; protocol++)
        {
            var packet = PacketBuilder.Ipv6(new(1, 0), new(2, 0), (byte)protocol, [7]);
            Assert.Equal(known.Contains(protocol), InnerPacket.IsSound(packet, 0, EtherType.Ipv6, FixedLength + 1));
            Assert.Equal(known.Contains(protocol), InnerPacket.IsSound(packet[..FixedLength], 0, EtherType.Ipv6, FixedLength + 1)); // cut
            Assert.False(InnerPacket.IsSound(packet, 0, EtherType.Ipv6, FixedLength));
            Assert.False(InnerPacket.IsSound(packet[..(FixedLength - 1)], 0, EtherType.Ipv6, FixedLength + 1));
        }

        Assert.False(InnerPacket.IsSound(PacketBuilder.Ipv6(new(1, 0), new(2, 0), 6, []), 0, EtherType.Ipv6, 100));
        Assert.False(InnerPacket.IsSound(PacketBuilder.Ipv6(new(1, 0), new(2, 0), 6, [7], hopLimit: 0), 0, EtherType.Ipv6, 100));
        Assert.True(InnerPacket.IsSound(PacketBuilder.Ipv6(new(1, 0), new(2, 0), 6, [7], hopLimit: 1), 0, EtherType.Ipv6, 100));
        Assert.False(InnerPacket.IsSound([0x40, .. PacketBuilder.Ipv6(new(1, 0), new(2, 0), 6, [7]).AsSpan(1)], 0, EtherType.Ipv6, 100));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Five_headers_may_stand_in_front_of_it(int tags, bool isSound)
    {
        var frame = PacketBuilder.Ethernet(TcpOverIp(), [.. Enumerable.Repeat(((ushort)0x8100, (ushort)1), tags)]);
        Assert.Equal(isSound, InnerPacket.IsSound(frame, 0, EtherType.Ethernet, frame.Length));
    }

    [Fact]
    public void What_is_in_a_frame_must_fit_into_what_the_tunnel_carries()
    {
        byte[] front = [1, 2, 3];
        byte[] frame = [.. front, .. PacketBuilder.Snap(TcpOverIp())];
        Assert.True(InnerPacket.IsSound(frame, 3, EtherType.Ethernet, frame.Length));
        Assert.False(InnerPacket.IsSound(frame, 3, EtherType.Ethernet, frame.Length - 1));
        Assert.False(InnerPacket.IsSound(frame, 2, EtherType.Ethernet, frame.Length));
        Assert.False(InnerPacket.IsSound(frame, frame.Length, EtherType.Ethernet, frame.Length));
        Assert.False(InnerPacket.IsSound(frame, frame.Length + 1, EtherType.Ethernet, frame.Length));
        Assert.False(InnerPacket.IsSound([.. front, .. PacketBuilder.Ethernet(TcpOverIp()).AsSpan(0, 12), 8, 6, .. TcpOverIp()], 3, EtherType.Ethernet, 100)); // ARP by its type
    }
}
