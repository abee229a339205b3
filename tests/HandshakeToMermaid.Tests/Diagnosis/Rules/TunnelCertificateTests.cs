using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>The rules for certificates in the handshake inside a tunnel, each where it must speak and where it only looks alike.</summary>
public sealed class TunnelCertificateTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");
    private readonly CertificateMint proxy;

    public TunnelCertificateTests() => proxy = CertificateMint.Leaf(root, "proxy.example");

    [Theory]
    [InlineData("expired", 45, "tunnel-certificate-expired", "In the tunnel: the certificate has expired")]
    [InlineData("early", 45, "tunnel-certificate-not-yet-valid", "In the tunnel: the certificate is not yet valid")]
    [InlineData("other name", 46, "tunnel-certificate-name-mismatch", "In the tunnel: the certificate does not match the host name")]
    [InlineData("self-signed", 48, "tunnel-certificate-self-signed", "In the tunnel: the certificate is self-signed")]
    [InlineData("forged", 51, "tunnel-signature-invalid", "In the tunnel: a certificate signature is invalid")]
    [InlineData("issuer not sent", 48, "tunnel-certificate-missing-intermediate", "In the tunnel: an issuer is missing or not trusted")]
    [InlineData("for clients", 43, "tunnel-certificate-key-usage", null)]
    [InlineData("good", 48, "tunnel-certificate-unknown-authority", "In the tunnel: the certificate authority is not trusted")]
    public void A_refused_certificate_is_the_cause_that_leads_and_the_alert_follows_from_it(string kind, byte alert, string code, string? title)
    {
        var found = Read(PlayedTunnel.Refused(Proxy, alert, ChainOf(kind)));
        var lead = found.Findings[0];
        Assert.Equal((code, Severity.Error), (lead.Code, lead.Severity));
        if (title is not null) Assert.Equal(title, lead.Title);
        Assert.True(lead.Title.Length <= 60, lead.Title);
        Assert.Equal(code, Assert.Single(found.Findings, f => f.Code == "tunnel-handshake-failed").FollowsFrom);
        Assert.Equal(OutcomeClass.Established, found.Connection.Outcome.Class);

        // It is drawn at the message inside.
        Assert.IsType<InnerStep>(lead.At);
        Assert.Contains(lead.At, found.Connection.Steps);
        Assert.DoesNotContain(found.Findings, f => f.Code.StartsWith("certificate-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired", "tunnel-certificate-expired")]
    [InlineData("other name", "tunnel-certificate-name-mismatch")]
    [InlineData("self-signed", "tunnel-certificate-self-signed")]
    [InlineData("good", null)]
    public void A_certificate_that_the_client_accepted_is_a_warning(string kind, string? code)
    {
        var findings = Read(PlayedTunnel.Completed(Proxy, ChainOf(kind))).Findings.Where(f => f.Code.StartsWith("tunnel-", StringComparison.Ordinal)).ToList();
        if (code is null) Assert.Empty(findings);
        else Assert.Equal((code, Severity.Warning), (Assert.Single(findings).Code, findings[0].Severity));
    }

    /// <summary>An alert that does not speak of the certificate has another cause.</summary>
    [Fact]
    public void An_alert_that_does_not_fit_leaves_the_fault_a_warning_and_the_alert_an_error()
    {
        var findings = Read(PlayedTunnel.Refused(Proxy, 70, ChainOf("expired"))).Findings;
        Assert.Equal(Severity.Warning, Assert.Single(findings, f => f.Code == "tunnel-certificate-expired").Severity);
        Assert.Equal((Severity.Error, null), (Assert.Single(findings, f => f.Code == "tunnel-handshake-failed").Severity, findings[0].FollowsFrom));
    }

    [Fact]
    public void The_certificate_of_the_proxy_is_not_that_of_the_tunnel()
    {
        var findings = Read(PlayedTunnel.Completed(ChainOf("expired"), ChainOf("good"))).Findings;
        Assert.Contains(findings, f => f.Code == "certificate-expired");
        Assert.DoesNotContain(findings, f => f.Code.StartsWith("tunnel-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_given_authority_that_did_not_issue_it_is_named()
    {
        using var other = CertificateMint.Authority("Other Root CA");
        using var elsewhere = CertificateMint.Leaf(other);
        var options = new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([root.Read()]) };
        Assert.Contains(Read(PlayedTunnel.Completed(Proxy, elsewhere.Der, other.Der), options).Findings, f => f.Code == "tunnel-certificate-unknown-authority");
        Assert.DoesNotContain(Read(PlayedTunnel.Completed(Proxy, ChainOf("good")), options).Findings, f => f.Code == "tunnel-certificate-unknown-authority");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        proxy.Dispose();
        root.Dispose();
    }

    private byte[][] Proxy => [proxy.Der, root.Der];

    private byte[][] ChainOf(string kind)
    {
        using var leaf = kind switch
        {
            "expired" => CertificateMint.Leaf(root, days: (-90, -3)),
            "early" => CertificateMint.Leaf(root, days: (3, 90)),
            "other name" => CertificateMint.Leaf(root, "two.example"),
            "self-signed" => CertificateMint.Leaf(null),
            "for clients" => CertificateMint.Leaf(root, purpose: "1.3.6.1.5.5.7.3.2"),
            _ => CertificateMint.Leaf(root),
        };
        byte[] der = [.. leaf.Der];
        if (kind == "forged") der[^1] ^= 1;
        return kind is "self-signed" or "issuer not sent" ? [der] : [der, root.Der];
    }

    private static DiagnosedConnection Read(byte[] capture, AnalyzerOptions? options = null) => Assert.Single(Reading.Of(capture, options).Connections);
}
