namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>The message that carries an extension: several extensions read differently by it (RFC 8446 section 4.2).</summary>
internal enum MessagePlace
{
    /// <summary>ClientHello.</summary>
    ClientHello,

    /// <summary>ServerHello.</summary>
    ServerHello,

    /// <summary>HelloRetryRequest.</summary>
    HelloRetryRequest,

    /// <summary>EncryptedExtensions.</summary>
    EncryptedExtensions,

    /// <summary>One certificate of a TLS 1.3 Certificate.</summary>
    Certificate,

    /// <summary>A TLS 1.3 CertificateRequest.</summary>
    CertificateRequest,

    /// <summary>A TLS 1.3 NewSessionTicket.</summary>
    NewSessionTicket,
}
