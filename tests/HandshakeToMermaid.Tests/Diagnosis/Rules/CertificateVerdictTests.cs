using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>What is said of certificates: of one that was seen, of one that is encrypted, and of one that the capture lacks.</summary>
public sealed class CertificateVerdictTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");

    [Theory]
    [InlineData(42, "certificate-name-mismatch")]
    [InlineData(46, "certificate-name-mismatch")]
    [InlineData(48, "certificate-missing-intermediate")]
    public void A_proved_fault_leads_a_likely_one_where_the_alert_fits_both(byte alert, string code)
    {
        using var leaf = CertificateMint.Leaf(root, "another.example");
        Assert.Equal(code, All(PlayedHandshake.Refused(alert, leaf.Der))[0].Code);
    }

    [Fact]
    public void A_leaf_sent_alone_may_lack_an_intermediate_or_have_an_unknown_root()
    {
        using var leaf = CertificateMint.Leaf(root);
        var alone = All(PlayedHandshake.Refused(46, leaf.Der))[0];
        Assert.Equal(Confidence.Likely, alone.Confidence);
        Assert.Contains("Some Root CA is a missing intermediate, or a root that the client lacks", alone.Cause, StringComparison.Ordinal);
        using var stranger = CertificateMint.Authority("Another Root CA");
        var asked = Read(PlayedHandshake.Refused(46, leaf.Der), new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([stranger.Read()]) }).Findings[0];
        Assert.Equal(("certificate-missing-intermediate", "An intermediate certificate is missing"), (asked.Code, asked.Title));
    }

    [Fact]
    public void A_certificate_that_the_capture_lacks_is_not_called_encrypted()
    {
        var hello = Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));
        var answer = Server(TlsBytes.Handshake(TlsBytes.ServerHello12()));
        var lost = "lost " + Server(TlsBytes.Handshake(TlsBytes.Certificate12(500)));
        var rest = Server(TlsBytes.Handshake(TlsBytes.ServerKeyExchange12(), TlsBytes.ServerHelloDone()));
        var finding = All(Of(Opened + hello + answer + lost + rest + "C ACK;" + Client(TlsBytes.Alert(2, 45)) + "C FIN; S FIN; C ACK"))[0];
        Assert.Equal("certificate-expired", finding.Code);
        Assert.Contains("which is not in the capture", finding.Cause, StringComparison.Ordinal);

        var sealedAway = All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000)) + Client(TlsBytes.Alert(2, 45)) + "C FIN; S FIN; C ACK"))[0];
        Assert.Contains("which is encrypted here", sealedAway.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void No_certificate_is_blamed_where_none_was_sent()
    {
        var findings = All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + Server(TlsBytes.Handshake(TlsBytes.ServerHello12())) + "C FIN; S FIN; C ACK"));
        Assert.Equal("closed-early", findings[0].Code);
        Assert.Contains("the server had sent no certificate", findings[0].Cause, StringComparison.Ordinal);
        var alert = All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + Server(TlsBytes.Handshake(TlsBytes.ServerHello12())) + Client(TlsBytes.Alert(2, 48)) + "C FIN; S FIN; C ACK"))[0];
        Assert.Equal("alert-unknown-ca", alert.Code);
    }

    [Theory]
    [InlineData(80, "alert-internal-error")]
    [InlineData(42, "alert-bad-certificate")]
    public void An_alert_right_behind_the_servers_flight_comes_of_the_clients_own_check(byte alert, string code)
    {
        var finding = All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000)) + Client(TlsBytes.Alert(2, alert)) + "C RST"))[0];
        Assert.Equal(code, finding.Code);
        Assert.Equal("the client's own check probably rejected the certificate, which is encrypted here", finding.Cause);
        var early = All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + Server(TlsBytes.Alert(2, alert)) + "S FIN; C FIN; S ACK"))[0];
        Assert.DoesNotContain("own check", early.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(2040, true)]
    [InlineData(2048, false)]
    public void A_key_of_rsa_is_weak_below_2048_bits(int bits, bool isWeak)
    {
        using var key = RSA.Create(bits);
        using var certificate = new CertificateRequest("CN=one.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(CertificateMint.Played, CertificateMint.Played.AddDays(9));
        var read = Certificate.Read(certificate.RawData);
        Assert.Equal(bits, read.KeyBits);
        Assert.Equal(isWeak, CertificateStrength.HasWeakKey(read));
    }

    [Fact]
    public void A_key_of_p256_or_ed25519_is_strong_though_it_has_few_bits()
    {
        Assert.False(CertificateStrength.HasWeakKey(root.Read()));
        Assert.Equal(256, root.Read().KeyBits);
    }

    [Fact]
    public void The_line_of_checks_shows_the_check_that_failed()
    {
        Assert.Contains(Sample.Read("weak-key")[^1].Checks, c => c is { What: "strength", Passed: false, Text: "key too weak: RSA 1024" });
        Assert.Contains(Sample.Read("unknown-authority")[^1].Checks, c => c is { What: "authority", Passed: false });
        var selfSigned = Sample.Read("self-signed");
        Assert.Contains(selfSigned[^1].Checks, c => c is { What: "chain", Passed: false, Text: "self-signed" });
        Assert.Contains("✗ self-signed", Drawing.Of(selfSigned, new DiagramOptions(), 8).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Checks: ", Drawing.Of(selfSigned, new DiagramOptions(Detail.Brief), 8).Text, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private static DiagnosedConnection Read(byte[] capture, AnalyzerOptions? options = null) => Reading.Of(capture, options).Connections[^1];

    private static IReadOnlyList<Finding> All(byte[] capture) => Read(capture).Findings;
}
