using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>A capture in which all is wrapped in something that is not read says in what, and where.</summary>
public sealed class UnparsedEncapsulationTests
{
    [Fact]
    public void Tunnels_are_named_with_their_frames_and_other_protocols_are_not()
    {
        var (from, to) = (IpAddress.Parse("192.0.2.1")!.Value, IpAddress.Parse("198.51.100.7")!.Value);
        var capture = CaptureFileBuilder.PcapNg();
        byte[][] frames =
        [
            PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 89, TlsBytes.Fill(40))),
            PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 47, TlsBytes.Fill(40))),
            PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 17, PacketBuilder.UdpDatagram(new IpEndpoint(from, 5555), new IpEndpoint(to, 1194), TlsBytes.Fill(60)))),
            PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 47, TlsBytes.Fill(40))),
            PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 17, PacketBuilder.UdpDatagram(new IpEndpoint(from, 123), new IpEndpoint(to, 51820), TlsBytes.Fill(48)))),
            Trill(PacketBuilder.Ip(from, to, 6, TlsBytes.Fill(40))),
        ];
        for (var i = 0; i < frames.Length; i++) capture.Frame(new Timestamp((1_700_000_000L + i) * Timestamp.PerSecond), frames[i]);

        var (connections, summary) = Reading.Of(capture.ToArray());
        Assert.Empty(connections);
        Assert.Equal(
            [new UnparsedEncapsulation("GRE (IP protocol 47)", new FrameTally(2, 2)), new UnparsedEncapsulation("OpenVPN (UDP port 1194)", new FrameTally(1, 3)), new UnparsedEncapsulation("TRILL (EtherType 0x22f3)", new FrameTally(1, 6))],
            summary.UnparsedEncapsulations.OrderByDescending(e => e.Tally.Frames).ThenBy(e => e.Name, StringComparer.Ordinal));
    }

    private static byte[] Trill(byte[] ip)
    {
        var frame = PacketBuilder.Ethernet(ip);
        (frame[12], frame[13]) = (0x22, 0xF3);
        return frame;
    }
}
