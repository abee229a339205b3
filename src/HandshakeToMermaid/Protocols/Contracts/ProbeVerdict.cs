namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What a protocol says of the first bytes of a stream.</summary>
internal enum ProbeVerdict
{
    /// <summary>They are something else.</summary>
    NotForUs,

    /// <summary>More bytes are needed to decide.</summary>
    Unsure,

    /// <summary>They are this protocol.</summary>
    Certain,
}
