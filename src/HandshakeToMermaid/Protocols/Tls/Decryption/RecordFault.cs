namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Why a protected record could not be decrypted.</summary>
internal enum RecordFault
{
    /// <summary>It was decrypted.</summary>
    None,

    /// <summary>It is shorter than its own tag, MAC, IV or padding.</summary>
    TooShort,

    /// <summary>It is longer than its version allows.</summary>
    TooLong,

    /// <summary>It does not consist of whole blocks.</summary>
    BrokenBlocks,

    /// <summary>Its padding is wrong: as a rule the key is.</summary>
    BadPadding,

    /// <summary>Its tag or MAC does not fit: the key is wrong, a record before it is missing, or a bit changed.</summary>
    BadMac,

    /// <summary>TLS 1.3: padding alone, without a content type.</summary>
    NoContentType,
}
