using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Protocols.Quic;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>QUIC connections that one side closes inside the handshake.</summary>
public sealed class QuicEndTests
{
    [Fact]
    public void A_server_that_answered_before_the_client_closed_did_not_answer_too_late()
    {
        var hello = TlsBytes.ClientHello13();
        var half = hello.Length / 2;
        var capture = CaptureFileBuilder.Pcap(nanoseconds: true)
            .Frame(At(0), FromClient(QuicTalk.Initial(isClient: true, 0, QuicTalk.Crypto(0, hello[..half]))))
            .Frame(At(0), FromClient(QuicTalk.Initial(isClient: true, 1, QuicTalk.Crypto(half, hello[half..]))))
            .Frame(At(2_500), FromServer(QuicTalk.Initial(isClient: false, 0, [0x02, 0x02, 0x00, 0x00, 0x01], QuicTalk.Crypto(0, TlsBytes.ServerHello13()))))
            .Frame(At(2_600), FromClient(QuicTalk.Initial(isClient: true, 2, [0x1C, 0x0A, 0x00, 0x00])))
            .ToArray();
        var read = Assert.Single(Reading.Of(capture).Connections);
        Assert.Equal(OutcomeClass.ClosedByClient, read.Connection.Outcome.Class);
        Assert.DoesNotContain(read.Findings, f => f.Title == "The server replied after the client had closed");
    }

    private static byte[] FromClient(byte[] datagram) => PacketBuilder.Udp("192.0.2.1:40000", "192.0.2.2:443", datagram);

    private static byte[] FromServer(byte[] datagram) => PacketBuilder.Udp("192.0.2.2:443", "192.0.2.1:40000", datagram);

    private static Timestamp At(int milliseconds) => new Timestamp(1_700_000_000L * Timestamp.PerSecond) + Duration.FromMilliseconds(milliseconds);
}
