using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A certificate below the root is signed with a hash that can be forged.</summary>
internal sealed class CertificateWeakSignature(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain } tls) return null;
        if (chain.Chain.WeakSignatureAt(chain.Seen) is not { } weak) return null;
        var blame = tls.AttributeToServerCertificate();
        return new Finding(
            "certificate-weak-signature", blame.Severity, blame.Confidence, "The certificate's signature is too weak",
            $"{Wording.Name(weak.SubjectCommonName ?? weak.Subject)} is signed with {weak.Signature}, which can be forged",
            "Reissue the certificate with SHA-256",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 9155 section 2") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "CA_MD_TOO_WEAK", "X509_V_ERR_CA_MD_TOO_WEAK", "ca md too weak", "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", "ERR_CERT_WEAK_SIGNATURE_ALGORITHM",
        "x509: cannot verify signature: insecure algorithm SHA1-RSA", "Algorithm constraints check failed on signature algorithm",
    ];
}
