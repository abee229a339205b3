using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Assertions;

/// <summary>Each assertion has a connection that fulfils it, one that does not, and mostly one whose capture does not show it.</summary>
public sealed class AssertionTests
{
    [Theory]
    [InlineData("tls12-success", "1.2", "Passed", "TLS 1.2", 10)]
    [InlineData("dtls12-success", "1.2", "Passed", "DTLS 1.2", null)]
    [InlineData("dtls12-success", "1.3", "Failed", "DTLS 1.2", null)]
    [InlineData("obsolete-version", "1.2", "Failed", "TLS 1.0", 8)]
    [InlineData("postgresql-unencrypted", "1.0", "Failed", "no TLS", 8)]
    [InlineData("no-common-version", "1.2", "Undecided", "no version was agreed on", null)]
    [InlineData("nxdomain", "1.2", "Undecided", "no TLS handshake was captured", null)]
    public void Min_version(string sample, string version, string verdict, string found, int? frame) => Verify(MinVersionAssertion.Parse(version)!, sample, verdict, found, frame);

    [Theory]
    [InlineData("http2", "h2", "Passed", "h2", null)]
    [InlineData("mutual-tls12", "h2", "Failed", "http/1.1", 8)]
    [InlineData("tls12-success", "h2", "Failed", "none", 10)]
    [InlineData("resumption-tls13", "h2", "Failed", "http/1.1", null)]
    [InlineData("post-quantum-hello", "h2", "Undecided", "encrypted", null)]
    [InlineData("server-silent", "h2", "Undecided", "no ServerHello", null)]
    public void Alpn(string sample, string protocol, string verdict, string found, int? frame) => Verify(new AlpnAssertion([protocol]), sample, verdict, found, frame);

    [Fact]
    public void An_application_protocol_that_was_not_offered_cannot_have_been_agreed_on_in_secret()
    {
        var result = new AlpnAssertion(["h2"]).Judge(Reading.Of(Checkout.PathOf("samples", "resumption-tls13", "capture.pcap"))[0]);
        Assert.Equal((AssertionVerdict.Failed, "only http/1.1 offered", 6L), (result.Verdict, result.Found, result.Frame));
    }

    [Theory]
    [InlineData("mutual-tls12", "Passed", "sent", null)]
    [InlineData("mutual-tls13", "Passed", "sent", null)]
    [InlineData("tls12-success", "Failed", "not requested", 10)]
    [InlineData("client-certificate-missing", "Failed", "empty certificate list", 8)]
    [InlineData("client-rejects-tls13", "Undecided", "encrypted", null)]
    [InlineData("server-silent", "Undecided", "no ServerHello", null)]
    public void Require_mtls(string sample, string verdict, string found, int? frame) => Verify(new MutualTlsAssertion(), sample, verdict, found, frame);

    [Fact]
    public void Whether_a_resumed_session_had_a_client_certificate_is_not_decided()
        => Assert.Equal(AssertionVerdict.Undecided, new MutualTlsAssertion().Judge(Reading.OfSample("resumption-tls12")[1]).Verdict);

    [Theory]
    [InlineData("tls12-success", "TLS_RSA_*", "Passed", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 10)]
    [InlineData("tls12-success", "tls_ecdhe_*", "Failed", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 10)]
    [InlineData("server-silent", "TLS_RSA_*", "Undecided", "no cipher suite was agreed on", null)]
    public void Forbid_suite(string sample, string glob, string verdict, string found, int? frame) => Verify(new ForbiddenSuiteAssertion([glob]), sample, verdict, found, frame);

    [Theory]
    [InlineData("tls12-success", "X25519", "Passed", "x25519", 12)]
    [InlineData("tls13-success", "x25519", "Passed", "x25519", null)]
    [InlineData("tls12-success", "X25519MLKEM768", "Failed", "x25519", 12)]
    [InlineData("server-silent", "x25519", "Undecided", "no ServerHello", null)]
    public void Require_group(string sample, string group, string verdict, string found, int? frame) => Verify(new RequiredGroupAssertion([group]), sample, verdict, found, frame);

    [Theory]
    [InlineData("tls12-success", 60, "Passed", "52.75 ms", 15)]
    [InlineData("tls12-success", 52, "Failed", "52.75 ms", 15)]
    [InlineData("quic-success", 0.1, "Failed", null, null)]
    [InlineData("expired-certificate", 60, "Undecided", null, null)]
    public void Max_tls_ms(string sample, double most, string verdict, string? found, int? frame) => Verify(new MaxTlsTimeAssertion((decimal)most), sample, verdict, found, frame);

    [Theory]
    [InlineData("tls12-success", "*.example.com", "Passed", "www.example.com", 8)]
    [InlineData("tls12-success", "*.example.org", "Failed", "www.example.com", 8)]
    [InlineData("port-closed", "*.example.com", "Undecided", null, null)]
    public void Sni(string sample, string glob, string verdict, string? found, int? frame) => Verify(new ServerNameAssertion([glob]), sample, verdict, found, frame);

    [Theory]
    [InlineData("tls12-success", "info", "Passed", "none", null)]
    [InlineData("obsolete-version", "error", "Passed", "none", null)]
    [InlineData("obsolete-version", "warning", "Failed", null, 6)]
    [InlineData("expired-certificate", "error", "Failed", "certificate-expired: The certificate has expired", 8)]
    public void No_findings(string sample, string severity, string verdict, string? found, int? frame) => Verify(NoFindingsAssertion.Parse(severity)!, sample, verdict, found, frame);

    [Fact]
    public void What_would_assert_nothing_is_recognized()
    {
        Assert.False(ForbiddenSuiteAssertion.MatchesAny("TLS_RSA"));
        Assert.True(ForbiddenSuiteAssertion.MatchesAny("TLS_RSA_*"));
        Assert.False(RequiredGroupAssertion.IsKnown("P-256"));
        Assert.True(RequiredGroupAssertion.IsKnown("secp256r1"));
        Assert.Null(MinVersionAssertion.Parse("1.4"));
        Assert.Null(NoFindingsAssertion.Parse("fatal"));
    }

    private static void Verify(Assertion assertion, string sample, string verdict, string? found, int? frame)
    {
        var result = assertion.Judge(Reading.OfSample(sample)[0]);
        Assert.Equal(verdict, result.Verdict.ToString());
        if (found is not null) Assert.Equal(found, result.Found);
        if (frame is not null) Assert.Equal(frame, result.Frame);
    }
}
