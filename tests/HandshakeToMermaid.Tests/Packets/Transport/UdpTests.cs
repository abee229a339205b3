using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Transport;

public class UdpTests
{
    [Theory]
    [InlineData("192.0.2.1:5353", "224.0.0.251:5353")]
    [InlineData("[fe80::1]:5353", "[ff02::fb]:5353")]
    public void A_datagram_is_delivered(string source, string destination)
    {
        var packet = Decode(PacketBuilder.Udp(source, destination, "question"u8));
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(source, packet.Source.ToString());
        Assert.Equal(destination, packet.Destination.ToString());
        Assert.Equal("question"u8, packet.Payload);
        Assert.Equal(8, packet.PayloadLength);
        Assert.Equal(17, packet.Protocol);
    }

    [Theory]
    [InlineData(0, PacketKind.Udp, 8)]
    [InlineData(7, PacketKind.Broken, 0)]
    [InlineData(8, PacketKind.Udp, 0)]
    [InlineData(15, PacketKind.Udp, 7)]
    [InlineData(16, PacketKind.Udp, 8)]
    [InlineData(17, PacketKind.Broken, 0)]
    internal void The_length_field_holds_within_what_IP_carries(byte length, PacketKind kind, int payloadLength)
    {
        var frame = PacketBuilder.Udp("192.0.2.1:1", "192.0.2.2:2", "question"u8);
        frame[39] = length;
        var packet = Decode(frame);
        Assert.Equal(kind, packet.Kind);
        Assert.Equal(payloadLength, packet.PayloadLength);
        Assert.Equal(payloadLength, packet.Payload.Length);
        if (kind == PacketKind.Broken) Assert.Equal("Length has an invalid value at byte 38", packet.Fault.ToString());
    }

    [Fact]
    public void A_cut_header_keeps_its_ports_and_a_cut_payload_its_length()
    {
        var frame = PacketBuilder.Udp("192.0.2.1:1", "192.0.2.2:2", new byte[100]);
        var packet = Decode(frame[..41], originalLength: (uint)frame.Length);
        Assert.Equal(PacketKind.CutShort, packet.Kind);
        Assert.Equal(2, packet.Destination.Port);
        packet = Decode(frame[..50], originalLength: (uint)frame.Length);
        Assert.Equal(PacketKind.Udp, packet.Kind);
        Assert.Equal(100, packet.PayloadLength);
        Assert.Equal(8, packet.Payload.Length);
    }

    [Fact]
    public void A_datagram_of_less_than_eight_bytes_is_truncated()
    {
        var (from, to) = (PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.2"));
        var packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 17, [0, 1, 0, 2, 0, 8, 0])));
        Assert.Equal(("UDP header is truncated at byte 41", 1, 2), (packet.Fault.ToString(), packet.Source.Port, packet.Destination.Port));
        packet = Decode(PacketBuilder.Ethernet(PacketBuilder.Ipv4(from, to, 17, [0, 1, 0])));
        Assert.Equal(("UDP header is truncated at byte 37", 0, 0), (packet.Fault.ToString(), packet.Source.Port, packet.Destination.Port));
    }
}
