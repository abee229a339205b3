namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>How a cipher suite protects records.</summary>
internal enum CipherMode
{
    /// <summary>Not known here.</summary>
    Unknown,

    /// <summary>No encryption: records are readable.</summary>
    Null,

    /// <summary>A stream cipher and a MAC.</summary>
    Stream,

    /// <summary>A block cipher in CBC mode and a MAC.</summary>
    Cbc,

    /// <summary>Authenticated encryption.</summary>
    Aead,
}
