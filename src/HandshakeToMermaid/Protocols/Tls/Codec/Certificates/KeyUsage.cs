namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>What a certificate's key may be used for (RFC 5280 section 4.2.1.3). Bit n of the BIT STRING is bit n here.</summary>
[Flags]
internal enum KeyUsage
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Signatures other than on certificates and CRLs: what TLS 1.3 and ECDHE need.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>contentCommitment, once nonRepudiation.</summary>
    NonRepudiation = 1 << 1,

    /// <summary>Encrypting keys: what RSA key exchange needs.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Encrypting data.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Key agreement: what static ECDH needs.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Signing certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Signing revocation lists.</summary>
    CrlSign = 1 << 6,

    /// <summary>With keyAgreement: only to encipher.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>With keyAgreement: only to decipher.</summary>
    DecipherOnly = 1 << 8,
}
