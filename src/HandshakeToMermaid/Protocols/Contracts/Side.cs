namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The two ends of a handshake.</summary>
internal enum Side
{
    /// <summary>The one that opened it.</summary>
    Client,

    /// <summary>The one that answered.</summary>
    Server,
}
