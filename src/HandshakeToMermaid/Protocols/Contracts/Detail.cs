namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>How much of a step is drawn.</summary>
internal enum Detail
{
    /// <summary>A slide.</summary>
    Brief,

    /// <summary>A post-mortem.</summary>
    Normal,

    /// <summary>Everything that was read.</summary>
    Full,
}
