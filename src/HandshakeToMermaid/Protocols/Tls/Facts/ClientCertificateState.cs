namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Whether the client showed a certificate. The JSON name is the member's in snake_case.</summary>
internal enum ClientCertificateState
{
    /// <summary>The server asked for none.</summary>
    NotRequested,

    /// <summary>The server asked; no answer was seen.</summary>
    Requested,

    /// <summary>The client sent one.</summary>
    Sent,

    /// <summary>The client had none to send.</summary>
    Empty,
}
