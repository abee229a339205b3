using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>What a SignatureScheme of RFC 8446 section 4.2.3, or a hash and signature pair of RFC 5246 section 7.4.1.4.1, asks of a verifier.</summary>
/// <param name="Algorithm">The signature algorithm.</param>
/// <param name="Hash">The hash; without a name where there is none, or where this platform lacks it.</param>
/// <param name="Name">The name of the algorithm and hash for people.</param>
/// <param name="Curve">TLS 1.3: the curve that the key must have, as an OID; null elsewhere.</param>
internal readonly record struct SignatureScheme(SignatureAlgorithm Algorithm, HashAlgorithmName Hash, string Name, string? Curve = null)
{
    /// <summary>The meaning of a number in TLS 1.2 and 1.3.</summary>
    public static SignatureScheme Of(ushort code) => code switch
    {
        0x0403 => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA256, "ecdsa_secp256r1_sha256", KeyOids.P256),
        0x0503 => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA384, "ecdsa_secp384r1_sha384", KeyOids.P384),
        0x0603 => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA512, "ecdsa_secp521r1_sha512", KeyOids.P521),
        0x0804 or 0x0809 => new(SignatureAlgorithm.RsaPss, HashAlgorithmName.SHA256, "RSA-PSS with SHA-256"),
        0x0805 or 0x080A => new(SignatureAlgorithm.RsaPss, HashAlgorithmName.SHA384, "RSA-PSS with SHA-384"),
        0x0806 or 0x080B => new(SignatureAlgorithm.RsaPss, HashAlgorithmName.SHA512, "RSA-PSS with SHA-512"),
        0x0807 => new(SignatureAlgorithm.NotOffered, default, "Ed25519"),
        0x0808 => new(SignatureAlgorithm.NotOffered, default, "Ed448"),
        0x081A => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA256, "ecdsa_brainpoolP256r1tls13_sha256", KeyOids.Brainpool256),
        0x081B => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA384, "ecdsa_brainpoolP384r1tls13_sha384", KeyOids.Brainpool384),
        0x081C => new(SignatureAlgorithm.Ecdsa, HashAlgorithmName.SHA512, "ecdsa_brainpoolP512r1tls13_sha512", KeyOids.Brainpool512),
        0x0904 => new(SignatureAlgorithm.MlDsa, default, "ML-DSA-44"),
        0x0905 => new(SignatureAlgorithm.MlDsa, default, "ML-DSA-65"),
        0x0906 => new(SignatureAlgorithm.MlDsa, default, "ML-DSA-87"),
        0x0708 => new(SignatureAlgorithm.NotOffered, default, "SM2 with SM3"),
        >= 0x0709 and <= 0x070F => new(SignatureAlgorithm.NotOffered, default, "GOST R 34.10-2012"),
        >= 0x0911 and <= 0x091C => new(SignatureAlgorithm.NotOffered, default, "SLH-DSA"),
        _ => Pair(code),
    };

    private static SignatureScheme Pair(ushort code)
    {
        var (hash, hashName) = (code >> 8) switch
        {
            1 => (HashAlgorithmName.MD5, "MD5"),
            2 => (HashAlgorithmName.SHA1, "SHA-1"),
            3 => (default, "SHA-224"),
            4 => (HashAlgorithmName.SHA256, "SHA-256"),
            5 => (HashAlgorithmName.SHA384, "SHA-384"),
            6 => (HashAlgorithmName.SHA512, "SHA-512"),
            _ => (default(HashAlgorithmName), string.Empty),
        };
        var (algorithm, name) = (code & 0xFF) switch
        {
            1 => (SignatureAlgorithm.RsaPkcs1, "RSA"),
            2 => (SignatureAlgorithm.Dsa, "DSA"),
            3 => (SignatureAlgorithm.Ecdsa, "ECDSA"),
            _ => (SignatureAlgorithm.NotOffered, string.Empty),
        };
        if (hashName.Length == 0 || name.Length == 0) return new(SignatureAlgorithm.NotOffered, default, $"signature scheme 0x{code:X4}");
        return new(hash.Name is null ? SignatureAlgorithm.NotOffered : algorithm, hash, $"{name} with {hashName}");
    }
}
