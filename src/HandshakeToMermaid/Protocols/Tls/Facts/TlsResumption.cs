namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Whether and how an earlier session was resumed. The JSON name is the member's in snake_case.</summary>
internal enum TlsResumption
{
    /// <summary>A full handshake.</summary>
    No,

    /// <summary>By session id (RFC 5246 section 7.3).</summary>
    SessionId,

    /// <summary>By ticket (RFC 5077).</summary>
    Ordinal,

    /// <summary>By pre-shared key, TLS 1.3.</summary>
    Psk,
}
