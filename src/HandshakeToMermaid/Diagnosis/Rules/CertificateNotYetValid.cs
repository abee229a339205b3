using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A certificate of the server's chain was not valid yet when it was sent.</summary>
internal sealed class CertificateNotYetValid(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain } tls) return null;
        if (chain.Early is not { NotBefore: { } from } early) return null;
        var blame = tls.AttributeToServerCertificate(45);
        return new Finding(
            "certificate-not-yet-valid", blame.Severity, blame.Confidence, "The certificate is not yet valid",
            $"it becomes valid on {Wording.Date(early.NotBeforeText)}, {Wording.Age(from - chain.Seen)} after this handshake",
            "Check the clocks, or use the previous certificate until then",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 5280 section 4.1.2.5") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "CERT_NOT_YET_VALID", "X509_V_ERR_CERT_NOT_YET_VALID", "certificate is not yet valid", "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", "ERR_CERT_DATE_INVALID",
        "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", "x509: certificate has expired or is not yet valid", "CertificateNotYetValidException", "X509ChainStatusFlags.NotTimeValid",
    ];
}
