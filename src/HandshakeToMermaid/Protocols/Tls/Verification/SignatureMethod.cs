using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>How a signature is checked. A handshake names it by a signature scheme, a certificate by an AlgorithmIdentifier.</summary>
/// <param name="Kind">The signature algorithm; <see cref="SignatureKind.Other"/> where it is not checked.</param>
/// <param name="Hash">The hash; without a name where there is none, or where this platform lacks it.</param>
/// <param name="Name">Algorithm and hash in a sentence.</param>
/// <param name="Curve">The object identifier of the curve that the key must have; null where any will do.</param>
internal readonly record struct SignatureMethod(SignatureKind Kind, HashAlgorithmName Hash, string Name, string? Curve = null)
{
    /// <summary>The method of a scheme of TLS 1.3, or of a hash and signature pair of TLS 1.2.</summary>
    public static SignatureMethod Of(SignatureScheme scheme)
    {
        var hash = new HashAlgorithmName(scheme.HashName);
        var isChecked = scheme.Kind == SignatureKind.MlDsa || Hashing.IsKnown(hash);
        return isChecked ? new(scheme.Kind, hash, scheme.Method, scheme.Curve) : new(SignatureKind.Other, default, scheme.Method);
    }

    /// <summary>The same, whatever the curve of the key.</summary>
    public static SignatureMethod OfAnyCurve(SignatureScheme scheme) => Of(scheme) with { Curve = null };
}
