using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>Short forms for the tests of this room.</summary>
internal static class Decoding
{
    public const string Client = "192.0.2.1:50000";
    public const string Server = "198.51.100.7:443";
    public const string Client6 = "[2001:db8::1]:50000";
    public const string Server6 = "[2001:db8:7::7]:443";

    public static PacketDecoder Decoder(AnalyzerLimits? limits = null) => new(limits ?? AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);

    public static Packet Decode(byte[] bytes, LinkType? link = null, uint? originalLength = null)
    {
        Decoder().Decode(PacketBuilder.Frame(bytes, link: link, originalLength: originalLength), out var packet);
        return packet;
    }

    /// <summary>An IP packet with a TCP segment, without a link header.</summary>
    public static byte[] TcpOverIp(string source = Client, string destination = Server, byte[]? payload = null)
    {
        var frame = PacketBuilder.Tcp(source, destination, 1000, 2000, TcpFlags.Ack | TcpFlags.Psh, payload ?? "hello"u8.ToArray());
        return IpOf(frame);
    }

    /// <summary>What an Ethernet frame of the builder carries, without padding.</summary>
    public static byte[] IpOf(byte[] frame)
    {
        var isIpv6 = frame[12] == 0x86;
        var length = isIpv6 ? 40 + ((frame[18] << 8) | frame[19]) : (frame[16] << 8) | frame[17];
        return frame.AsSpan(14, length).ToArray();
    }

    public static void AssertIsHello(in Packet packet, string source = Client, string destination = Server)
    {
        Assert.Equal(PacketKind.Tcp, packet.Kind);
        Assert.Equal(source, packet.Source.ToString());
        Assert.Equal(destination, packet.Destination.ToString());
        Assert.Equal(1000u, packet.Sequence);
        Assert.Equal(2000u, packet.Acknowledgment);
        Assert.Equal(TcpFlags.Ack | TcpFlags.Psh, packet.Flags);
        Assert.Equal("hello"u8, packet.Payload);
        Assert.Equal(5, packet.PayloadLength);
    }
}
