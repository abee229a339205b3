namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// The part that a phase plays in a connection, whatever protocol it belongs to. It decides how the phase is timed, which steps belong to
/// a failure, and who takes part in it.
/// </summary>
internal enum PhaseRole
{
    /// <summary>Finding the server's address, with third parties.</summary>
    Resolution,

    /// <summary>Opening the transport connection.</summary>
    Transport,

    /// <summary>Negotiating that a handshake follows on the same connection.</summary>
    Upgrade,

    /// <summary>The handshake above the transport: with its completion the connection is established, and its failure is the connection's.</summary>
    Handshake,

    /// <summary>What the handshake was made for.</summary>
    Data,

    /// <summary>Ending the connection.</summary>
    Close,
}
