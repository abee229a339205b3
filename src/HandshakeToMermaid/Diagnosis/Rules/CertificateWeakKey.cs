using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A key of the server's chain is too short for today.</summary>
internal sealed class CertificateWeakKey(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain } tls) return null;
        if (chain.Chain.WeakKey is not { } weak) return null;
        var blame = tls.AttributeToServerCertificate(71);
        return new Finding(
            "certificate-weak-key", blame.Severity, blame.Confidence, "The certificate's key is too weak",
            $"the key of {Wording.Name(weak.SubjectCommonName ?? weak.Subject)} is {weak.Key}, clients require at least RSA 2048 or EC P-256",
            "Reissue the certificate with RSA 2048 or EC P-256",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 9325 section 4.5") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "EE_KEY_TOO_SMALL", "X509_V_ERR_EE_KEY_TOO_SMALL", "ee key too small", "dh key too small", "MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE", "ERR_CERT_WEAK_KEY",
        "SSL_ERROR_WEAK_SERVER_CERT_KEY", "Algorithm constraints check failed on keysize limits",
    ];
}
