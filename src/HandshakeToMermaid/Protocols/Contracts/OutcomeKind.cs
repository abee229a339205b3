namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What an outcome says about a connection.</summary>
internal enum OutcomeKind
{
    /// <summary>The handshake completed.</summary>
    Completed,

    /// <summary>The connection failed.</summary>
    Failed,

    /// <summary>Neither is known: the capture does not show enough, or the connection carries something else.</summary>
    NotJudged,
}
