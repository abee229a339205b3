namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Which keys protect what a side of TLS 1.3 sends, in the order in which they are used (RFC 8446 section 7.1).</summary>
internal enum TlsEpoch
{
    /// <summary>0-RTT data.</summary>
    Early,

    /// <summary>The handshake behind the ServerHello.</summary>
    Handshake,

    /// <summary>Application data and post-handshake messages.</summary>
    Application,
}
