using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

public class TlsProtocolTests
{
    public static TheoryData<string, byte[]> Beginnings() => new()
    {
        { "ClientHello", Handshake(ClientHello13()) },
        { "ServerHello", Handshake(ServerHello12()) },
        { "a server's first alert", Alert(2, 40) },
        { "Certificate, midway", Handshake(Certificate12(500)) },
        { "SSL 2.0 form", Join([0x80, 46, 1, 3, 1], U16(21), U16(0), U16(16), Fill(21), Fill(16)) },
        { "SSL 3.0", Record(22, Message(1, ClientHelloBody(0x0300)), 0x0300) },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void A_beginning_is_certain_and_every_short_prefix_of_it_unsure(string name, byte[] start)
    {
        Assert.NotEmpty(name);
        Assert.Equal(ProbeVerdict.Certain, TlsProtocol.Probe(start));
        var certain = false;
        for (var length = 0; length <= start.Length; length++)
        {
            var verdict = TlsProtocol.Probe(start.AsSpan(0, length));
            Assert.NotEqual(ProbeVerdict.NotForUs, verdict);
            Assert.False(certain && verdict == ProbeVerdict.Unsure);
            certain |= verdict == ProbeVerdict.Certain;
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u0003abc")]
    [InlineData("\u0017\u0003\u0003\u0000\u0003abc")]
    public void Other_protocols_are_not_for_us(string start) => Assert.Equal(ProbeVerdict.NotForUs, TlsProtocol.Probe(System.Text.Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void Random_bytes_are_hardly_ever_tls()
    {
        var random = new Random(5246);
        var certain = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (TlsProtocol.Probe(bytes) == ProbeVerdict.Certain) certain++;
        }

        Assert.Equal(0, certain);
    }
}
