using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The certificate names other hosts than the one that the client wanted.</summary>
internal sealed class CertificateNameMismatch(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain, WantedName: { } wanted } tls) return null;
        var match = ServerIdentity.Match(chain.Leaf, wanted);
        if (match == IdentityMatch.Match) return null;
        var blame = tls.AttributeToServerCertificate();
        // Clients of old, and OpenSSL to this day, are content with a common name.
        if (match == IdentityMatch.CommonNameOnly && blame.Severity != Severity.Error) return null;
        var names = chain.Leaf.SubjectAlternativeNames is { Count: > 0 } alternative ? alternative : chain.Leaf.SubjectCommonName is { } name ? [name] : [];
        return new Finding(
            "certificate-name-mismatch", blame.Severity, blame.Confidence, "The certificate does not match the host name",
            match == IdentityMatch.CommonNameOnly
                ? $"{Wording.Name(wanted)} is only in the common name, which clients no longer check"
                : $"the client asked for {Wording.Name(wanted)}, the certificate is for {Wording.Few(names, 2)}",
            "Reissue the certificate for this name, or correct the URL or the DNS",
            Aliases, TlsEvidence.Frames([tls.ClientHello?.Last.Frame ?? 0, chain.Step.Last.Frame], blame.Frames), "RFC 9525 section 6") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_BAD_CERT_DOMAIN", "ERR_CERT_COMMON_NAME_INVALID", "ERR_TLS_CERT_ALTNAME_INVALID", "X509_V_ERR_HOSTNAME_MISMATCH", "hostname mismatch",
        "SSL: no alternative certificate subject name matches target host name", "x509: certificate is valid for", "No subject alternative DNS name matching",
        "RemoteCertificateNameMismatch",
    ];
}
