using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>The status of a certificate according to its stapled OCSP response.</summary>
/// <param name="Response">The response.</param>
/// <param name="Single">Its answer for the leaf; null where it speaks of other certificates only.</param>
/// <param name="Frame">Where it came.</param>
/// <param name="Seen">When it came: by that it is current or not.</param>
internal sealed record StapledStatus(OcspResponse Response, OcspSingleResponse? Single, FrameMark Frame, Timestamp Seen)
{
    /// <summary>Finds the answer for a certificate by its serial number.</summary>
    public static StapledStatus Of(OcspResponse response, Certificate leaf, FrameMark frame) =>
        new(response, response.Responses.FirstOrDefault(r => r.Serial == leaf.Serial), frame, frame.Time);

    /// <summary>True where the certificate is revoked.</summary>
    public bool IsRevoked => Single?.Status == CertificateStatus.Revoked;

    /// <summary>True where newer information was due before it was sent.</summary>
    public bool IsExpired => Single?.NextUpdate is { } next && next < Seen;

    /// <summary>How old it was; null where it does not say.</summary>
    public Duration? Age => Single?.ThisUpdate is { } since ? Seen - since : null;
}
