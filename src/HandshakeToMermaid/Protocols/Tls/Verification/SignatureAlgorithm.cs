namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Signature algorithms that this program checks.</summary>
internal enum SignatureAlgorithm
{
    /// <summary>One that the base class library does not offer.</summary>
    NotOffered,

    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS with a salt as long as the hash.</summary>
    RsaPss,

    /// <summary>ECDSA.</summary>
    Ecdsa,

    /// <summary>DSA.</summary>
    Dsa,

    /// <summary>ML-DSA.</summary>
    MlDsa,
}
