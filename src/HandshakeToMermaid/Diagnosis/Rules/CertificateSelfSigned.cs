using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server's certificate is its own issuer, so no authority certifies it.</summary>
internal sealed class CertificateSelfSigned(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { Chain: { IsSelfSigned: true, Trust: not ChainTrust.Trusted } } chain } tls) return null;
        var blame = tls.AttributeToServerCertificate(48);
        return new Finding(
            "certificate-self-signed", blame.Severity, blame.Confidence, "The certificate is self-signed",
            $"{Wording.Name(chain.Leaf.SubjectCommonName ?? chain.Leaf.Subject)} is signed with its own key, not by a CA",
            "Use a certificate from a CA, or install this one on the client",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 5280 section 6.1") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "DEPTH_ZERO_SELF_SIGNED_CERT", "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT",
        "ERR_CERT_AUTHORITY_INVALID", "x509: certificate signed by unknown authority", "PKIX path building failed", "X509ChainStatusFlags.UntrustedRoot",
    ];
}
