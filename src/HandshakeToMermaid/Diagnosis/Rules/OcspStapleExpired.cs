using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The OCSP response that the server stapled was out of date.</summary>
internal sealed class OcspStapleExpired(Witness witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { HasClock: true } chain, Staple: { IsExpired: true, Single.NextUpdate: { } next } staple } tls) return null;
        var blame = tls.BlameServerCertificate(113);
        return new Finding(
            "ocsp-staple-expired", blame.Severity, blame.Confidence, "The stapled OCSP response is out of date",
            $"it was to be replaced {Wording.Age(staple.Seen - next)} before, on {Wording.Date(next.ToString())}",
            "Let the server reach the OCSP responder and refresh its staple",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame, staple.Frame.Frame], blame.Frames), "RFC 6960 section 4.2.2.1") { At = chain.Step };
    }

    private static readonly string[] Aliases =
        ["MOZILLA_PKIX_ERROR_OCSP_RESPONSE_FOR_CERT_MISSING", "SEC_ERROR_OCSP_OLD_RESPONSE", "OCSP response has expired", "status expired", "bad certificate status response"];
}
