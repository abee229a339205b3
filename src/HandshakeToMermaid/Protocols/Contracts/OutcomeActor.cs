namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Who decided an outcome.</summary>
internal enum OutcomeActor
{
    /// <summary>None, or unknown.</summary>
    None,

    /// <summary>The client.</summary>
    Client,

    /// <summary>The server.</summary>
    Server,

    /// <summary>Something between them.</summary>
    Network,
}
