namespace HandshakeToMermaid.Correlation;

/// <summary>Who was waited for.</summary>
internal enum WaitFor
{
    /// <summary>The client: it was its turn to send.</summary>
    Client,

    /// <summary>The server.</summary>
    Server,

    /// <summary>A DNS resolver.</summary>
    Resolver,
}
