namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>How a cipher suite agrees on keys, as far as the messages differ by it.</summary>
internal enum KeyExchangeMethod
{
    /// <summary>Not implied by the cipher suite.</summary>
    Unknown,

    /// <summary>TLS 1.3: negotiated by extensions, not by the suite.</summary>
    Tls13,

    /// <summary>None.</summary>
    None,

    /// <summary>The premaster secret is encrypted with the server's RSA key (RFC 5246 section 7.4.7.1).</summary>
    Rsa,

    /// <summary>RSA with a short ephemeral key (RFC 2246 section 7.4.3).</summary>
    RsaExport,

    /// <summary>Diffie-Hellman with the key in the certificate.</summary>
    Dh,

    /// <summary>Ephemeral Diffie-Hellman.</summary>
    Dhe,

    /// <summary>Unauthenticated Diffie-Hellman.</summary>
    DhAnon,

    /// <summary>Elliptic-curve Diffie-Hellman with the key in the certificate.</summary>
    Ecdh,

    /// <summary>Ephemeral elliptic-curve Diffie-Hellman (RFC 8422).</summary>
    Ecdhe,

    /// <summary>Unauthenticated elliptic-curve Diffie-Hellman.</summary>
    EcdhAnon,

    /// <summary>A pre-shared key alone (RFC 4279).</summary>
    Psk,

    /// <summary>A pre-shared key with RSA (RFC 4279 section 4).</summary>
    RsaPsk,

    /// <summary>A pre-shared key with Diffie-Hellman (RFC 4279 section 3).</summary>
    DhePsk,

    /// <summary>A pre-shared key with elliptic-curve Diffie-Hellman (RFC 5489).</summary>
    EcdhePsk,

    /// <summary>Secure Remote Password (RFC 5054).</summary>
    Srp,

    /// <summary>Kerberos (RFC 2712).</summary>
    Kerberos,

    /// <summary>GOST (RFC 9189).</summary>
    Gost,
}
