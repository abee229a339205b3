using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server's own stapled OCSP response says that its certificate is revoked.</summary>
internal sealed class CertificateRevoked(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        if (tls is { Staple: { IsRevoked: true, Single: { } single } staple, ServerChain: { } chain })
        {
            var blame = tls.AttributeToServerCertificate(44);
            var since = single.RevocationTime is { } time ? $" on {Wording.Date(time.ToString())}" : "";
            var reason = single.Reason is { } why ? $" ({why})" : "";
            return new Finding(
                "certificate-revoked", blame.Severity, blame.Confidence, "The certificate is revoked",
                $"its CA revoked it{since}{reason}, according to the stapled OCSP response",
                "Get a new certificate with a new key, and find out why it was revoked",
                Aliases, TlsEvidence.Frames([chain.Step.Last.Frame, staple.Frame.Frame], blame.Frames), Spec) { At = chain.Step };
        }
        else if (tls is { IsClientsAlert: true, Complaint.Code: 44 })
        {
            return new Finding(
                "certificate-revoked", Severity.Error, Confidence.Certain, "The client reports a revoked certificate",
                "the client's own revocation check found it revoked, which the capture does not show",
                "Check the certificate's status with its CA, replace it if revoked",
                Aliases, TlsEvidence.FramesOf(tls.ServerChain?.Step, tls.Alert), Spec) { At = tls.Alert };
        }

        return null;
    }

    private const string Spec = "RFC 6960 section 2.2";

    private static readonly string[] Aliases =
        ["CERT_REVOKED", "SEC_ERROR_REVOKED_CERTIFICATE", "ERR_CERT_REVOKED", "X509_V_ERR_CERT_REVOKED", "certificate revoked", "CertificateRevokedException", "X509ChainStatusFlags.Revoked"];
}
