using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A certificate of the server's chain had expired when it was sent.</summary>
internal sealed class CertificateExpired(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        var chain = tls.ServerChain;
        var expired = chain?.Expired;
        if (chain is not null && expired is { NotAfter: { } until })
        {
            var blame = tls.AttributeToServerCertificate(45);
            var isLeaf = ReferenceEquals(expired, chain.Leaf);
            return new Finding(
                "certificate-expired", blame.Severity, blame.Confidence,
                isLeaf ? "The certificate has expired" : "A certificate of the chain has expired",
                $"{(isLeaf ? "it" : Wording.Name(expired.SubjectCommonName ?? expired.Subject))} expired on {Wording.Date(expired.NotAfterText)}, {Wording.Age(chain.Seen - until)} before this handshake",
                isLeaf ? "Renew the certificate and reload the server" : "Install the CA's current intermediate certificate on the server",
                Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), Spec) { At = chain.Step };
        }
        else if (tls is { IsClientsAlert: true, Complaint.Code: 45, CertificateSight: not CertificateVisibility.NotSent } && chain?.Early is null)
        {
            return new Finding(
                "certificate-expired", Severity.Error, chain is null ? Confidence.Certain : Confidence.Likely,
                "The client reports an expired certificate",
                chain is null ? $"the client's alert is about the certificate, {tls.CertificateClause}" : "it was valid at capture time, so the client's clock may be wrong",
                chain is null ? "Check the server's certificate and renew it" : "Check the client's clock, then the dates of the CA certificates",
                Aliases, TlsEvidence.FramesOf(chain?.Step, tls.Alert), Spec) { At = tls.Alert };
        }

        return null;
    }

    private const string Spec = "RFC 5280 section 4.1.2.5";

    private static readonly string[] Aliases =
    [
        "CERT_HAS_EXPIRED", "X509_V_ERR_CERT_HAS_EXPIRED", "certificate has expired", "SEC_ERROR_EXPIRED_CERTIFICATE", "ERR_CERT_DATE_INVALID",
        "x509: certificate has expired or is not yet valid", "CertificateExpiredException", "X509ChainStatusFlags.NotTimeValid", "RemoteCertificateChainErrors",
    ];
}
