namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>The signature algorithms that signature schemes are made of, as far as this program checks them.</summary>
internal enum SignatureKind
{
    /// <summary>Another one, or none that the number implies.</summary>
    Other,

    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS (RFC 8017 section 8.1); in TLS with a salt as long as the hash (RFC 8446 section 4.2.3).</summary>
    RsaPss,

    /// <summary>ECDSA.</summary>
    Ecdsa,

    /// <summary>DSA.</summary>
    Dsa,

    /// <summary>ML-DSA (FIPS 204).</summary>
    MlDsa,
}
