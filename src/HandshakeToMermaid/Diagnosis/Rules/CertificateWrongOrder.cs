using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The certificates of the chain were not sent each behind the one it issued.</summary>
internal sealed class CertificateWrongOrder(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { Chain: { IsInOrder: false } } chain } tls) return null;
        var blame = tls.AttributeToServerCertificate(48);
        // TLS 1.3 leaves the order to taste; a client that left still may have stumbled over it.
        return new Finding(
            "certificate-wrong-order", blame.Severity, Confidence.Certain, "The certificate chain is in the wrong order",
            "a certificate is not followed by that of its issuer",
            "Put the server's certificate first, then each issuer in turn",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 5246 section 7.4.2") { At = chain.Step };
    }

    private static readonly string[] Aliases =
        ["Chain issues: Incorrect order", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "GNUTLS_CERT_UNSORTED_CHAIN", "PKIX path building failed"];
}
