using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The chain is complete as far as is visible, but the client does not trust its root.</summary>
internal sealed class CertificateUnknownAuthority(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["certificate-missing-intermediate", "certificate-self-signed", "certificate-wrong-order", "signature-invalid"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        var chain = tls.ServerChain;
        var isComplaint = tls is { HasFailed: true, IsClientsAlert: true, Complaint.Code: 48 };

        // Where the certificate is missing from the capture, only the alert's name is known.
        if (chain is null && (tls.Flow.LacksAnyOf(tls.Server) || !tls.HasServerHello)) return null;
        if (!isComplaint && chain is not { Chain.Trust: ChainTrust.NotTrusted }) return null;
        if (chain?.Chain is { IsSelfSigned: true } or { Path.Count: 1, MissingIssuer: not null }) return null;
        if (chain is null && tls.CertificateSight == CertificateVisibility.NotSent) return null;
        var authority = chain?.Chain.NeedlessRoot?.SubjectCommonName ?? chain?.Chain.MissingIssuerName;
        var cause = authority is null ? $"the client does not trust the CA of the certificate, {tls.CertificateClause}" : $"the client does not trust {Wording.Name(authority)}, the CA of this chain";
        if (!isComplaint) cause = $"the chain ends at {Wording.Name(authority ?? "an unknown CA")}, which is not one of the given CAs";
        var blame = tls.AttributeToServerCertificate(48);
        return new Finding(
            "certificate-unknown-authority", blame.Severity, blame.Confidence, "The certificate authority is not trusted",
            cause, "Install the root on the client, or use a certificate that it trusts",
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(chain?.Step), blame.Frames), "RFC 5280 section 6.1") { At = chain?.Step ?? (Step?)tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "UNABLE_TO_GET_ISSUER_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain", "unable to get issuer certificate", "tlsv1 alert unknown ca",
        "SEC_ERROR_UNKNOWN_ISSUER", "ERR_CERT_AUTHORITY_INVALID", "x509: certificate signed by unknown authority", "PKIX path building failed",
        "RemoteCertificateChainErrors", "X509ChainStatusFlags.UntrustedRoot",
    ];
}
