using System.Formats.Asn1;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// Checks signatures of handshakes, certificates and OCSP responses against a public key (a SubjectPublicKeyInfo in DER) by
/// what the base class library offers. Valid and invalid are reported only after the check was made; an algorithm that the
/// platform lacks (Ed25519, Ed448, SHA-224, GOST, and ML-DSA before OpenSSL 3.5) is not checked, and named. Nothing throws.
/// </summary>
internal static class SignatureVerifier
{
    /// <summary>CertificateVerify in TLS 1.3, where the scheme also names the curve.</summary>
    public static VerificationResult VerifyTls13(SignatureScheme scheme, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (RedactedKey.Is(publicKey)) return RedactedKey.Result;
        var method = SignatureMethod.Of(scheme);
        if (method.Kind is SignatureKind.RsaPkcs1 or SignatureKind.Dsa || (method.Kind == SignatureKind.Ecdsa && method.Curve is null))
            return VerificationResult.Invalid($"{method.Name} is not allowed in TLS 1.3 handshake signatures");
        return Verify(method, publicKey, content, signature);
    }

    /// <summary>ServerKeyExchange and CertificateVerify in TLS 1.2, with the scheme (or hash and signature pair) that they name.</summary>
    public static VerificationResult VerifyTls12(SignatureScheme scheme, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        RedactedKey.Is(publicKey) ? RedactedKey.Result : Verify(SignatureMethod.OfAnyCurve(scheme), publicKey, content, signature);

    /// <summary>ServerKeyExchange in TLS 1.1 and below and CertificateVerify in TLS 1.0 and 1.1: the key's kind decides the hashes.</summary>
    public static VerificationResult VerifyTls11(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (RedactedKey.Is(publicKey)) return RedactedKey.Result;
        var key = SubjectPublicKey.Read(publicKey.ToArray());
        return key?.Algorithm switch
        {
            null => Unreadable,
            KeyOids.Rsa => Result(RsaPublicKey.Verify(key.Key, VerifyData.Md5Sha1(content), signature)),
            KeyOids.Dsa => Verify(SignatureMethod.Of(new(0x0202)), publicKey, content, signature),
            KeyOids.Ec => Verify(SignatureMethod.OfAnyCurve(new(0x0203)), publicKey, content, signature),
            _ => VerificationResult.NotChecked($"key algorithm {key.Algorithm}"),
        };
    }

    /// <summary>CertificateVerify in SSL 3.0, whose hashes (<see cref="VerifyData.Ssl3"/>) hold the master secret; DSA signs the second alone.</summary>
    public static VerificationResult VerifySsl3(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> md5Sha1, ReadOnlySpan<byte> signature)
    {
        if (RedactedKey.Is(publicKey)) return RedactedKey.Result;
        var key = SubjectPublicKey.Read(publicKey.ToArray());
        if (key is null) return Unreadable;
        if (md5Sha1.Length != 36) return VerificationResult.NotChecked("the handshake hash is unknown");
        if (key.Algorithm == KeyOids.Rsa) return Result(RsaPublicKey.Verify(key.Key, md5Sha1, signature));
        if (key.Algorithm != KeyOids.Dsa) return VerificationResult.NotChecked($"key algorithm {key.Algorithm}");
        try
        {
            using var dsa = DSA.Create();
            dsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return Result(dsa.VerifySignature(md5Sha1[16..], signature, DSASignatureFormat.Rfc3279DerSequence));
        }
        catch (PlatformNotSupportedException)
        {
            return VerificationResult.NotChecked("this platform does not support DSA");
        }
        catch (CryptographicException)
        {
            return BadSignature;
        }
    }

    /// <summary>The signature of a certificate or OCSP response, whose algorithm is an AlgorithmIdentifier in DER (RFC 5280 section 4.1.1.2).</summary>
    /// <remarks>A server staples the same response for days: what was checked before is not checked again.</remarks>
    public static VerificationResult VerifyX509(ReadOnlySpan<byte> algorithmIdentifier, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> room = stackalloc byte[LongestRemembered];
        var key = new KeyBytes(room);
        key.Add(algorithmIdentifier);
        key.Add(publicKey);
        key.Add(content);
        key.Add(signature);
        var whole = key.Written;
        if (whole.IsEmpty) return CheckX509(algorithmIdentifier, publicKey, content, signature);
        if (Checked.TryFind(0, whole, out var known, out _)) return known.VerificationResult;
        var verification = CheckX509(algorithmIdentifier, publicKey, content, signature);
        Checked.Remember(0, whole.ToArray(), new Remembered(verification));
        return verification;
    }

    private static VerificationResult CheckX509(ReadOnlySpan<byte> algorithmIdentifier, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (RedactedKey.Is(publicKey)) return RedactedKey.Result;
        try
        {
            var identifier = new AsnReader(algorithmIdentifier.ToArray(), AsnEncodingRules.DER).ReadSequence();
            var oid = identifier.ReadObjectIdentifier();
            if (oid != KeyOids.RsaPss) return Verify(Named(oid), publicKey, content, signature);

            var (method, salt) = PssParameters(identifier);
            return Verify(method, publicKey, content, signature, salt);
        }
        catch (AsnContentException)
        {
            return VerificationResult.Invalid("the signature algorithm is malformed");
        }
    }

    private static VerificationResult Verify(SignatureMethod method, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int? salt = null)
    {
        if (method.Kind == SignatureKind.Other) return NotOffered(method);
        var key = SubjectPublicKey.Read(publicKey.ToArray());
        if (key is null) return Unreadable;
        if (!Fits(method.Kind, key.Algorithm)) return VerificationResult.Invalid($"{method.Name} does not go with a key of algorithm {key.Algorithm}");
        if (method.Curve is not null && method.Curve != key.Curve)
            return VerificationResult.Invalid($"{method.Name} does not go with a key on curve {CurveName(key.Curve)}");

        try
        {
            return method.Kind switch
            {
                SignatureKind.Ecdsa => VerifyEcdsa(method, key, publicKey, content, signature),
                SignatureKind.Dsa => VerifyDsa(method, publicKey, content, signature),
                SignatureKind.MlDsa => MlDsaVerifier.Verify(method, key, content, signature),
                _ => VerifyRsa(method, key, content, signature, salt),
            };
        }
        catch (PlatformNotSupportedException)
        {
            return NotOffered(method);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return BadSignature;
        }
    }

    private static VerificationResult VerifyRsa(SignatureMethod method, SubjectPublicKey key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int? salt)
    {
        // The platform takes a salt as long as the hash, and no other.
        if (salt is { } length && length != Hashing.Length(method.Hash)) return VerificationResult.NotChecked($"{method.Name} with a salt of {length} bytes is not supported by this platform");
        if (!Imported.TryFind(RsaKey, key.Key, out var known, out _))
        {
            // The inner key, because a SubjectPublicKeyInfo marked RSASSA-PSS is not taken.
            var imported = RSA.Create();
            imported.ImportRSAPublicKey(key.Key, out _);
            Imported.Remember(RsaKey, key.Key.ToArray(), known = imported);
        }

        var rsa = (RSA)known;
        var padding = method.Kind == SignatureKind.RsaPkcs1 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;
        return Result(rsa.VerifyData(content, signature, method.Hash, padding));
    }

    private static VerificationResult VerifyEcdsa(SignatureMethod method, SubjectPublicKey key, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (Imported.TryFind(EcKey, publicKey, out var known, out _))
        {
            return Result(((ECDsa)known).VerifyData(content, signature, method.Hash, DSASignatureFormat.Rfc3279DerSequence));
        }

        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            Imported.Remember(EcKey, publicKey.ToArray(), ecdsa);
        }
        catch (CryptographicException) when (key.Curve is not (KeyOids.P256 or KeyOids.P384 or KeyOids.P521))
        {
            // Not a broken key, but a curve that this platform may not know.
            return VerificationResult.NotChecked($"{method.Name} on curve {CurveName(key.Curve)} is not supported by this platform");
        }

        return Result(ecdsa.VerifyData(content, signature, method.Hash, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static VerificationResult VerifyDsa(SignatureMethod method, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var dsa = DSA.Create();
        dsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return Result(dsa.VerifyData(content, signature, method.Hash, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static bool Fits(SignatureKind kind, string keyAlgorithm) => kind switch
    {
        SignatureKind.RsaPkcs1 => keyAlgorithm == KeyOids.Rsa,
        SignatureKind.RsaPss => keyAlgorithm is KeyOids.Rsa or KeyOids.RsaPss,
        SignatureKind.Ecdsa => keyAlgorithm == KeyOids.Ec,
        SignatureKind.Dsa => keyAlgorithm == KeyOids.Dsa,
        _ => keyAlgorithm is KeyOids.MlDsa44 or KeyOids.MlDsa65 or KeyOids.MlDsa87,
    };

    // RFC 3279, RFC 4055, RFC 5758, RFC 8410, RFC 9881.
    private static SignatureMethod Named(string oid) => oid switch
    {
        "1.2.840.113549.1.1.4" => SignatureMethod.Of(new(0x0101)),
        "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" => SignatureMethod.Of(new(0x0201)),
        "1.2.840.113549.1.1.14" => SignatureMethod.Of(new(0x0301)),
        "1.2.840.113549.1.1.11" => SignatureMethod.Of(new(0x0401)),
        "1.2.840.113549.1.1.12" => SignatureMethod.Of(new(0x0501)),
        "1.2.840.113549.1.1.13" => SignatureMethod.Of(new(0x0601)),
        "1.2.840.10045.4.1" => SignatureMethod.Of(new(0x0203)),
        "1.2.840.10045.4.3.1" => SignatureMethod.Of(new(0x0303)),
        "1.2.840.10045.4.3.2" => SignatureMethod.OfAnyCurve(new(0x0403)),
        "1.2.840.10045.4.3.3" => SignatureMethod.OfAnyCurve(new(0x0503)),
        "1.2.840.10045.4.3.4" => SignatureMethod.OfAnyCurve(new(0x0603)),
        "1.2.840.10040.4.3" => SignatureMethod.Of(new(0x0202)),
        "2.16.840.1.101.3.4.3.1" => SignatureMethod.Of(new(0x0302)),
        "2.16.840.1.101.3.4.3.2" => SignatureMethod.Of(new(0x0402)),
        "1.3.101.112" => SignatureMethod.Of(new(0x0807)),
        "1.3.101.113" => SignatureMethod.Of(new(0x0808)),
        KeyOids.MlDsa44 => SignatureMethod.Of(new(0x0904)),
        KeyOids.MlDsa65 => SignatureMethod.Of(new(0x0905)),
        KeyOids.MlDsa87 => SignatureMethod.Of(new(0x0906)),
        _ => new SignatureMethod(SignatureKind.Other, default, $"signature algorithm {oid}"),
    };

    // RSASSA-PSS-params ::= SEQUENCE { [0] hashAlgorithm DEFAULT sha1, [1] maskGenAlgorithm DEFAULT mgf1SHA1,
    //     [2] saltLength DEFAULT 20, [3] trailerField DEFAULT 1 } (RFC 4055 section 3.1)
    private static (SignatureMethod Method, int Salt) PssParameters(AsnReader identifier)
    {
        var hash = HashOf(null);
        var maskHash = hash;
        var salt = 20;
        if (identifier.HasData)
        {
            var parameters = identifier.ReadSequence();
            while (parameters.HasData)
            {
                var tag = parameters.PeekTag();
                var field = parameters.ReadSequence(tag);
                if (tag.TagClass != TagClass.ContextSpecific) continue;
                if (tag.TagValue == 0) hash = HashOf(field.ReadSequence().ReadObjectIdentifier());
                if (tag.TagValue == 1)
                {
                    var mask = field.ReadSequence();
                    mask.ReadObjectIdentifier();
                    maskHash = HashOf(mask.ReadSequence().ReadObjectIdentifier());
                }

                if (tag.TagValue == 2 && field.TryReadInt32(out var length)) salt = length;
            }
        }

        var isOffered = hash.Name is not null && hash == maskHash && salt is >= 0 and <= 1024;
        return (new SignatureMethod(isOffered ? SignatureKind.RsaPss : SignatureKind.Other, hash, $"RSA-PSS with {hash.Name ?? "an unknown hash"}"), salt);
    }

    private static HashAlgorithmName HashOf(string? oid) => oid switch
    {
        null or "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => default,
    };

    /// <summary>
    /// Keys that this thread has imported: OpenSSL takes longer to read one than to check a signature with it, and a capture shows the
    /// same few over and over. One that loses its place is released by its finalizer.
    /// </summary>
    private static RepeatedBytes<AsymmetricAlgorithm> Imported => importedKeys ??= new RepeatedBytes<AsymmetricAlgorithm>(64, 4096);

    [ThreadStatic]
    private static RepeatedBytes<AsymmetricAlgorithm>? importedKeys;

    private static readonly RepeatedBytes<Remembered> Checked = new(128, LongestRemembered);

    private const int LongestRemembered = 4096;

    private const uint RsaKey = 1;
    private const uint EcKey = 2;

    /// <summary>The curve's name where it has one that people use.</summary>
    private static string CurveName(string oid) => oid.Length == 0 ? "unnamed" : ObjectIdentifiers.Curve(oid) ?? oid;

    /// <summary>What a finished check says.</summary>
    public static VerificationResult Result(bool fits) => fits ? VerificationResult.Valid : BadSignature;

    /// <summary>What is said of an algorithm that the platform lacks.</summary>
    public static VerificationResult NotOffered(SignatureMethod method) => VerificationResult.NotChecked($"{method.Name} is not supported by this platform");

    private static VerificationResult BadSignature => VerificationResult.Invalid("the signature does not verify");

    private static VerificationResult Unreadable => VerificationResult.Invalid("the public key is malformed");

    private sealed record Remembered(VerificationResult VerificationResult);
}
