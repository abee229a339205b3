namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>How a step is known.</summary>
internal enum Provenance
{
    /// <summary>Read from clear bytes of the capture.</summary>
    Clear,

    /// <summary>Read after decryption with given secrets.</summary>
    Decrypted,

    /// <summary>Not read: concluded from what the protocol prescribes.</summary>
    Inferred,
}
