using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A signature is invalid: the signed bytes were changed, or the key is not that of the certificate.</summary>
internal sealed class SignatureInvalid(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain } tls) return null;
        if (chain.Chain.Faults.FirstOrDefault(f => f.Kind == ChainFaultKind.BadSignature) is not { } fault) return null;
        var blame = tls.AttributeToServerCertificate(48, 51, 20);
        return new Finding(
            "signature-invalid", blame.Severity, blame.Confidence, "A certificate signature is invalid",
            $"{Wording.Name(fault.Certificate.SubjectCommonName ?? fault.Certificate.Subject)}: {fault.Text}",
            "Reissue the certificate, and find out what modified it",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 5280 section 6.1.3") { At = chain.Step };
    }

    private static readonly string[] Aliases =
        ["CERT_SIGNATURE_FAILURE", "X509_V_ERR_CERT_SIGNATURE_FAILURE", "certificate signature failure", "SEC_ERROR_BAD_SIGNATURE", "bad signature", "tlsv1 alert decrypt error", "x509: ECDSA verification failure", "Signature does not match", "X509ChainStatusFlags.NotSignatureValid"];
}
