
namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>How a record is put together (RFC 5246 section 6.1, <c>CipherType</c>).</summary>
internal enum CipherType
{
    /// <summary>Content and MAC, encrypted byte by byte or not at all.</summary>
    Stream,

    /// <summary>Content, MAC and padding, encrypted in blocks.</summary>
    Block,

    /// <summary>Content and tag by one algorithm.</summary>
    Aead,
}
