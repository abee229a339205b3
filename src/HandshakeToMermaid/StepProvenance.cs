namespace HandshakeToMermaid;

/// <summary>How a step of a handshake is known.</summary>
public enum StepProvenance
{
    /// <summary>Read from unencrypted bytes of the capture.</summary>
    Clear,

    /// <summary>Read after decryption with the secrets of a key log.</summary>
    Decrypted,

    /// <summary>Not read: encrypted, and concluded from what the protocol prescribes at this point.</summary>
    Inferred,
}
