namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>What becomes of a direction's keys behind a record.</summary>
internal enum KeyChange
{
    /// <summary>They stay.</summary>
    None,

    /// <summary>TLS 1.3: early data is over.</summary>
    Handshake,

    /// <summary>TLS 1.3: the handshake is over.</summary>
    Application,

    /// <summary>TLS 1.3: a KeyUpdate.</summary>
    Update,

    /// <summary>Up to TLS 1.2: a ChangeCipherSpec inside a protected connection, which renegotiates.</summary>
    NewKeys,
}
