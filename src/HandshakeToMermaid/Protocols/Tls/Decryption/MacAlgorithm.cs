namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>What authenticates a record that is not protected by an AEAD (RFC 5246 section 6.1, <c>MACAlgorithm</c>).</summary>
internal enum MacAlgorithm
{
    /// <summary>Nothing, or the AEAD itself.</summary>
    Null,

    /// <summary>HMAC-MD5; in SSL 3.0 its forerunner.</summary>
    Md5,

    /// <summary>HMAC-SHA1; in SSL 3.0 its forerunner.</summary>
    Sha1,

    /// <summary>HMAC-SHA256.</summary>
    Sha256,

    /// <summary>HMAC-SHA384.</summary>
    Sha384,
}
