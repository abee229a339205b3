using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>How much of something there must be before a rule speaks of it: at the bound and one less.</summary>
public sealed class SizeBoundsTests
{
    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 53, true)]
    [InlineData(3, 54, false)]
    [InlineData(4, 72, true)]
    [InlineData(4, 73, false)]
    public void Three_repetitions_are_many_where_they_are_one_packet_in_twenty(int repeats, int others, bool isFound)
    {
        var sent = string.Concat(Enumerable.Repeat("C seq=0 'one'; +200ms;", repeats + 1));
        var found = Findings(Opened + sent + string.Concat(Enumerable.Repeat("S 'ok';", others)), 9000);
        Assert.Equal(isFound, found.Any(f => f.Code == "retransmissions"));
    }

    [Theory]
    [InlineData(1202, "no-server-hello")]
    [InlineData(1203, "large-client-hello-lost")]
    public void A_hello_in_one_packet_is_large_where_not_every_path_of_ipv6_carries_it(int length, string code)
    {
        var hello = TlsBytes.ClientHello12(null, TlsBytes.Extension(21, new byte[length - TlsBytes.ClientHello12(null, TlsBytes.Extension(21)).Length]));
        Assert.Equal(length, hello.Length);
        var sent = $"C seq=0 hex:{Convert.ToHexString(TlsBytes.Handshake(hello))};";
        Assert.Equal(code, Findings($"{Opened}{sent} +300ms; {sent} +12s; C ACK seq+0")[0].Code);
    }

    [Fact]
    public void A_large_hello_that_was_sent_once_is_not_called_lost()
    {
        var sent = $"C seq=0 hex:{Convert.ToHexString(TlsBytes.Handshake(TlsBytes.ClientHello12(null, TlsBytes.Extension(21, new byte[1300]))))};";
        Assert.Equal("no-server-hello", Assert.Single(Findings($"{Opened}{sent} +12s; C ACK seq+0")).Code);
        Assert.Equal("no-server-hello", Assert.Single(Findings($"{Opened}{sent} +300ms; {sent} S ACK; +12s; C ACK seq+0")).Code);
    }

    [Theory]
    [InlineData(1207, "probably packet loss")]
    [InlineData(1208, "probably an MTU black hole, or packet loss")]
    public void A_lost_reply_of_full_size_may_be_a_black_hole(int bytes, string why)
    {
        var finding = Findings($"{Opened}{Client(TlsBytes.Handshake(TlsBytes.ClientHello12()))}S ACK; lost S #{bytes}; +8s; C FIN ack=0; S ACK")[0];
        Assert.Equal(("server-flight-lost", $"by its sequence number the server sent {bytes} bytes that never arrived: {why}"), (finding.Code, finding.Cause));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(6, 6)]
    [InlineData(7, 6)]
    public void Of_unanswered_SYNs_the_first_six_are_shown(int syns, int shown)
    {
        var finding = Findings(string.Concat(Enumerable.Repeat("C SYN; +30s;", syns)))[0];
        Assert.Equal(("syn-unanswered", shown), (finding.Code, finding.Frames.Count));
        Assert.EndsWith($"answered none of {syns} SYNs", finding.Cause, StringComparison.Ordinal);
        Assert.Equal(syns, finding.At!.Last.Frame);
    }

    /// <summary>An error page fits into 1024 bytes; of TLS 1.3 that cannot be read, two session tickets come before it.</summary>
    [Theory]
    [InlineData("http/1.1", 1024, true)]
    [InlineData("http/1.1", 1025, false)]
    [InlineData("h2", 400, true)]
    [InlineData("imap", 400, false)]
    public void An_answer_after_an_empty_certificate_is_an_error_page_where_it_is_short_and_http(string protocol, int bytes, bool isFound)
    {
        var hello = TlsBytes.ClientHello12(null, TlsBytes.Alpn(protocol));
        var flight = TlsBytes.Handshake(TlsBytes.ServerHello12(0x002F), TlsBytes.Certificate12(500), TlsBytes.CertificateRequest12(), TlsBytes.ServerHelloDone());
        var empty = TlsBytes.Handshake(TlsBytes.Message(11, TlsBytes.Vector24()), TlsBytes.ClientKeyExchange12());
        var found = Findings(Opened + Client(TlsBytes.Handshake(hello)) + Server(flight) + Client(empty, TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())
            + Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + Client(TlsBytes.Encrypted(120)) + Server(TlsBytes.Encrypted(bytes)) + Client(TlsBytes.Record(21, TlsBytes.Fill(26))) + "C FIN; S FIN; C ACK");
        var finding = found.SingleOrDefault(f => f.Code == "client-certificate-missing");
        Assert.Equal(isFound, finding is not null);
        if (finding is not null) Assert.Equal("it sent an empty list, the response is as short as an error page", finding.Cause);
    }

    private static IReadOnlyList<Finding> Findings(string script, ushort port = 443) => Assert.Single(Reading.Of(Of(script, port)).Connections).Findings;
}
