using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>Captures of other projects; the numbers are those of an independent reader.</summary>
public class RealCaptureTests
{
    [SkippableTheory]
    [InlineData("link-rawip-tls10.pcap", 17, 2196, 0, 0)]
    [InlineData("link-sll-tls.pcap", 50, 6056, 0, 0)]
    [InlineData("link-sll2-tls13.pcap", 6, 3377, 0, 0)]
    [InlineData("encap-qinq.pcap", 11, 4396, 0, 0)]
    [InlineData("encap-mpls-clienthello.pcap", 1, 120, 0, 0)]
    [InlineData("link-80211-radiotap-http.pcap", 26, 8592, 0, 0)]
    [InlineData("link-nflog-tcp.pcap", 10, 1339, 0, 0)]
    [InlineData("ipfrag-dns-ipv6.pcap", 0, 0, 5, 3774)]
    [InlineData("ipfrag-http-ipv4.pcap", 1, 1460, 0, 0)]
    [InlineData("fmt-bigendian-pptp-tcp.pcap", 22, 724, 0, 0)]
    [InlineData("fmt-nanosecond-tcp.pcap", 9, 626, 0, 0)]
    [InlineData("tls13-psk-resumption-loopback.pcap", 20, 1140, 0, 0)]
    [InlineData("snaplen-cut-tls-quic.pcap", 204, 56_619, 2, 2500)]
    [InlineData("pcapng-many-interfaces.pcapng", 32, 3045, 32, 9433)]
    public void Segments_and_datagrams_are_those_that_another_reader_finds(string name, int segments, long segmentBytes, int datagrams, long datagramBytes)
    {
        var decoder = Decoding.Decoder();
        var (tcp, tcpBytes, udp, udpBytes) = (0, 0L, 0, 0L);
        CaptureLoop.Read(Checkout.Shared("captures", "captures", name), (in CapturedFrame frame) =>
        {
            decoder.Decode(frame, out var packet);
            if (packet.Kind == PacketKind.Tcp) (tcp, tcpBytes) = (tcp + 1, tcpBytes + packet.PayloadLength);
            if (packet.Kind == PacketKind.Udp) (udp, udpBytes) = (udp + 1, udpBytes + packet.PayloadLength);
            Assert.NotEqual(PacketKind.Broken, packet.Kind);
        });
        Assert.Equal((segments, segmentBytes, datagrams, datagramBytes), (tcp, tcpBytes, udp, udpBytes));
    }
}
