using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The OCSP response that the server stapled was out of date.</summary>
internal sealed class OcspStapleExpired(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { HasClock: true } chain, Staple: { IsExpired: true, Single.NextUpdate: { } next } staple } tls) return null;
        var blame = tls.AttributeToServerCertificate(113);
        return new Finding(
            "ocsp-staple-expired", blame.Severity, blame.Confidence, "The stapled OCSP response has expired",
            $"its nextUpdate was on {Wording.Date(next.ToString())}, {Wording.Age(staple.Seen - next)} before this handshake",
            "Make sure that the server can reach the OCSP responder to refresh it",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame, staple.Frame.Frame], blame.Frames), "RFC 6960 section 4.2.2.1") { At = chain.Step };
    }

    private static readonly string[] Aliases =
        ["MOZILLA_PKIX_ERROR_OCSP_RESPONSE_FOR_CERT_MISSING", "SEC_ERROR_OCSP_OLD_RESPONSE", "OCSP response has expired", "status expired", "bad certificate status response"];
}
