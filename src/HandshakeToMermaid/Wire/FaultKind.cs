namespace HandshakeToMermaid.Wire;

/// <summary>What is wrong with bytes that were received whole.</summary>
internal enum FaultKind
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>A field reaches beyond the bytes that its message or vector holds.</summary>
    Short,

    /// <summary>Bytes are left over after the last field.</summary>
    Trailing,

    /// <summary>A value that the specification forbids here.</summary>
    BadValue,

    /// <summary>A declared length is above the cap that this program keeps.</summary>
    TooLong,
}
