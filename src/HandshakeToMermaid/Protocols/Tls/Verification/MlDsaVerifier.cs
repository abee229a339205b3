#if NET10_0_OR_GREATER
using System.Security.Cryptography;
#endif

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Signatures of ML-DSA (FIPS 204, RFC 9881), which .NET knows since version 10 and offers where OpenSSL has it (3.5).</summary>
internal static class MlDsaVerifier
{
    /// <summary>Checks <paramref name="signature"/> over <paramref name="content"/>; not checked where the platform lacks the algorithm.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key is not one of this algorithm.</exception>
    public static VerificationResult Verify(SignatureMethod method, SubjectPublicKey key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
#if NET10_0_OR_GREATER
        if (!MLDsa.IsSupported) return SignatureVerifier.NotOffered(method);
        var (algorithm, oid) = method.Name switch
        {
            "ML-DSA-44" => (MLDsaAlgorithm.MLDsa44, KeyOids.MlDsa44),
            "ML-DSA-65" => (MLDsaAlgorithm.MLDsa65, KeyOids.MlDsa65),
            _ => (MLDsaAlgorithm.MLDsa87, KeyOids.MlDsa87),
        };
        if (oid != key.Algorithm) return VerificationResult.Invalid($"{method.Name} does not go with a key of algorithm {key.Algorithm}");
        using var verifier = MLDsa.ImportMLDsaPublicKey(algorithm, key.Key);
        return SignatureVerifier.Result(verifier.VerifyData(content, signature));
#else
        return SignatureVerifier.NotOffered(method);
#endif
    }
}
