using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server sent its own certificate alone: the one that issued it is missing.</summary>
internal sealed class CertificateMissingIntermediate(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { Chain: { MissingIssuerName: { } issuer } walked } chain } tls) return null;
        // Behind an authority's certificate the missing one is most often a root, which is not sent: that is another rule's.
        if (walked.Path.Count > 1) return null;
        var blame = tls.AttributeToServerCertificate(48);
        // Without given authorities the issuer may be a root that the client knows: then only its alert shows a fault.
        var isAsked = walked.Trust != ChainTrust.NotAsked;
        if (!isAsked && (blame.Severity != Severity.Error || tls.LeftUnused.IsSet)) return null;
        var isProved = walked.Trust == ChainTrust.NotTrusted && blame.Confidence == Confidence.Certain;
        return new Finding(
            "certificate-missing-intermediate", blame.Severity, isProved ? Confidence.Certain : Confidence.Likely, isAsked ? "An intermediate certificate is missing" : "An intermediate is missing, or the issuer is not trusted",
            isAsked
                ? $"the server sent only its own certificate, without its issuer {Wording.Name(issuer)}"
                : $"only the server's certificate was sent: {Wording.Name(issuer)} is a missing intermediate, or a root that the client lacks",
            isAsked ? "Serve the full chain (nginx: fullchain.pem)" : "Serve the full chain (nginx: fullchain.pem), or trust its root",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 8446 section 4.4.2") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate", "unable to verify the first certificate",
        "SEC_ERROR_UNKNOWN_ISSUER", "ERR_CERT_AUTHORITY_INVALID", "x509: certificate signed by unknown authority", "PKIX path building failed",
        "X509ChainStatusFlags.PartialChain",
    ];
}
