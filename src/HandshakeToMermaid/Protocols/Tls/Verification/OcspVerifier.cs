using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// Checks a stapled OCSP response (RFC 6960 section 3.2): that it is about the certificate it came with, signed by the
/// issuer or by a responder the issuer named (section 4.2.2.2), and was in force at a given time.
/// </summary>
internal static class OcspVerifier
{
    /// <summary>Checks a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="chain">The certificates that were sent, the one it is about first.</param>
    /// <param name="time">When it was seen.</param>
    public static VerificationResult Verify(OcspResponse response, IReadOnlyList<Certificate> chain, Timestamp time)
    {
        if (response.Fault.IsFault) return VerificationResult.Invalid($"the response is malformed: {response.Fault}");
        if (response.Status != OcspResponseStatus.Successful) return VerificationResult.NotChecked($"the responder returned an error ({response.Status})");
        if (chain.Count == 0) return VerificationResult.NotChecked("the certificate that it covers is not available");
        var leaf = chain[0];
        var answer = response.Responses.FirstOrDefault(r => r.Serial == leaf.Serial && IsIssuer(r, leaf));
        if (answer is null) return VerificationResult.Invalid("the response is for another certificate");
        var signed = Signature(response, leaf, IssuerOf(leaf, chain), time);
        return signed.Verdict == VerificationVerdict.Valid ? InForce(answer, time) : signed;
    }

    private static VerificationResult Signature(OcspResponse response, Certificate leaf, Certificate? issuer, Timestamp time)
    {
        if (issuer is not null && IsResponder(response, issuer)) return Check(response, issuer);
        if (response.Certificates.FirstOrDefault(c => IsResponder(response, c)) is { } responder)
        {
            var check = Check(response, responder);
            if (check.Verdict != VerificationVerdict.Valid) return check;
            if (responder.Der.Span.SequenceEqual(leaf.Der.Span) && !leaf.IsSelfIssued) return VerificationResult.Invalid("the response is signed by the certificate that it covers");
            if (issuer is null) return VerificationResult.NotChecked("the issuer's certificate was not sent");
            if (responder.Der.Span.SequenceEqual(issuer.Der.Span)) return check;
            if (responder.ExtendedKeyUsages?.Contains(OcspSigning) != true) return VerificationResult.Invalid("the responder's certificate does not allow OCSP signing");
            if (responder.NotBefore > time || responder.NotAfter < time) return VerificationResult.Invalid("the responder's certificate was not valid at that time");
            return SignatureVerifier.VerifyX509(responder.SignatureAlgorithm.Span, issuer.SubjectPublicKeyInfo.Span, responder.ToBeSigned.Span, responder.SignatureValue.Span) switch
            {
                { Verdict: VerificationVerdict.Invalid } => VerificationResult.Invalid("the responder's certificate is not signed by the issuer"),
                var issued => issued,
            };
        }

        return VerificationResult.NotChecked(issuer is null ? "the issuer's certificate was not sent" : "the responder's certificate was not sent");
    }

    private static VerificationResult Check(OcspResponse response, Certificate signer) =>
        SignatureVerifier.VerifyX509(response.SignatureAlgorithm.Span, signer.SubjectPublicKeyInfo.Span, response.ToBeSigned.Span, response.SignatureValue.Span);

    private static VerificationResult InForce(OcspSingleResponse answer, Timestamp time)
    {
        if (answer.ThisUpdate is { } start && start > time + Skew) return VerificationResult.Invalid($"the response is not yet valid: thisUpdate is {start}");
        if (answer.NextUpdate is { } end && end < time) return VerificationResult.Invalid($"the response has expired: nextUpdate was {end}");
        return VerificationResult.Valid;
    }

    private static Certificate? IssuerOf(Certificate leaf, IReadOnlyList<Certificate> chain)
    {
        if (leaf.IsSelfIssued) return leaf;
        for (var i = 1; i < chain.Count; i++)
        {
            if (chain[i].SubjectDer.Span.SequenceEqual(leaf.IssuerDer.Span)) return chain[i];
        }

        return null;
    }

    private static bool IsIssuer(OcspSingleResponse answer, Certificate leaf)
    {
        HashAlgorithmName? hash = answer.HashAlgorithm.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "SHA1" => HashAlgorithmName.SHA1,
            "SHA256" => HashAlgorithmName.SHA256,
            "SHA384" => HashAlgorithmName.SHA384,
            "SHA512" => HashAlgorithmName.SHA512,
            _ => null,
        };

        // By a hash that is not offered here the serial number alone must do.
        return hash is null || CryptographicOperations.HashData(hash.Value, leaf.IssuerDer.Span).AsSpan().SequenceEqual(answer.IssuerNameHash.Span);
    }

    private static bool IsResponder(OcspResponse response, Certificate certificate)
    {
        if (!response.ResponderNameDer.IsEmpty) return response.ResponderNameDer.Span.SequenceEqual(certificate.SubjectDer.Span);
        if (SubjectPublicKey.Read(certificate.SubjectPublicKeyInfo.ToArray()) is not { } key) return false;
        return CryptographicOperations.HashData(HashAlgorithmName.SHA1, key.Key).AsSpan().SequenceEqual(response.ResponderKeyHash.Span);
    }

    /// <summary>id-kp-OCSPSigning.</summary>
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    // Clocks of responders and of the capturing machine may differ; browsers and OpenSSL allow as much.
    private static readonly Duration Skew = Duration.FromSeconds(300);
}
