namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>Versions that share their key derivation and record protection, in rising order. DTLS numbers count down.</summary>
internal enum ProtocolEra
{
    /// <summary>SSL 3.0.</summary>
    Ssl3,

    /// <summary>TLS 1.0: an IV that follows from the record before.</summary>
    Tls10,

    /// <summary>TLS 1.1 and DTLS 1.0.</summary>
    Tls11,

    /// <summary>TLS 1.2 and DTLS 1.2.</summary>
    Tls12,

    /// <summary>TLS 1.3, DTLS 1.3 and the drafts of TLS 1.3.</summary>
    Tls13,
}
