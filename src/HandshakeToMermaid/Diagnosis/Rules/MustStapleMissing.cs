using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The certificate promises an OCSP staple, the client asked for it, and the server sent none.</summary>
internal sealed class MustStapleMissing(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { Leaf.MustStaple: true } chain, Staple: null } tls) return null;
        if (tls.Facts.ClientHello is not { } hello || !hello.Extensions.Has(new ExtensionType(5))) return null;
        if (tls.Facts.Half(tls.Server) is { HasGap: true }) return null;
        var blame = tls.AttributeToServerCertificate(113);
        return new Finding(
            "must-staple-missing", blame.Severity, blame.Confidence, "The required OCSP staple is missing",
            "the certificate requires a staple (must-staple), the server sent no OCSP response",
            "Enable OCSP stapling on the server",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 7633 section 4.2.3") { At = chain.Step };
    }

    private static readonly string[] Aliases =
        ["MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING", "GNUTLS_CERT_MISSING_OCSP_STATUS", "The certificate requires the server to include an OCSP status", "no OCSP response sent"];
}
