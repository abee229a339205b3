using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Lengths of the hashes that TLS uses.</summary>
internal static class Hashing
{
    /// <summary>Bytes of the longest hash used here.</summary>
    public const int MaxLength = 64;

    /// <summary>Bytes of a hash; 0 for one that is not known here.</summary>
    public static int Length(HashAlgorithmName hash) => hash.Name switch
    {
        "MD5" => 16,
        "SHA1" => 20,
        "SHA256" => 32,
        "SHA384" => 48,
        "SHA512" => 64,
        _ => 0,
    };

    /// <summary>True for MD5, SHA-1, SHA-256, SHA-384 and SHA-512.</summary>
    public static bool IsKnown(HashAlgorithmName hash) => Length(hash) > 0;
}
