namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>The cipher that protects records (RFC 5246 section 6.1, <c>BulkCipherAlgorithm</c>), as far as this program can decrypt it.</summary>
internal enum BulkCipher
{
    /// <summary>A cipher that is known by name only: the base class library lacks it, or its suites were made to be weak.</summary>
    NotOpened,

    /// <summary>No encryption.</summary>
    Null,

    /// <summary>RC4 with a key of 128 bits, however many of them are secret.</summary>
    Rc4,

    /// <summary>DES in CBC mode.</summary>
    DesCbc,

    /// <summary>Triple DES in CBC mode.</summary>
    TripleDesCbc,

    /// <summary>AES-128 in CBC mode.</summary>
    Aes128Cbc,

    /// <summary>AES-256 in CBC mode.</summary>
    Aes256Cbc,

    /// <summary>AES-128-GCM.</summary>
    Aes128Gcm,

    /// <summary>AES-256-GCM.</summary>
    Aes256Gcm,

    /// <summary>AES-128-CCM with a tag of 16 bytes.</summary>
    Aes128Ccm,

    /// <summary>AES-256-CCM with a tag of 16 bytes.</summary>
    Aes256Ccm,

    /// <summary>AES-128-CCM with a tag of 8 bytes.</summary>
    Aes128Ccm8,

    /// <summary>AES-256-CCM with a tag of 8 bytes.</summary>
    Aes256Ccm8,

    /// <summary>ChaCha20-Poly1305.</summary>
    ChaCha20Poly1305,
}
