namespace HandshakeToMermaid;

/// <summary>Who takes part in a handshake.</summary>
public enum HandshakeActor
{
    /// <summary>The end that opened the connection.</summary>
    Client,

    /// <summary>The end that accepted it, or should have.</summary>
    Server,

    /// <summary>A DNS resolver.</summary>
    Resolver,

    /// <summary>A router or another device between client and server.</summary>
    Network,

    /// <summary>The device behind the client, where that is an 802.1X authenticator.</summary>
    Supplicant,
}
