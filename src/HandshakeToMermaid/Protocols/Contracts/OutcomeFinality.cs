namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>When an outcome may be reported of a connection that is still open, as a live capture does.</summary>
internal enum OutcomeFinality
{
    /// <summary>Once the connection was quiet for a while: its last packets may still be under way.</summary>
    AfterSilence,

    /// <summary>At once where it is proved: nothing that follows can change it.</summary>
    AtOnce,

    /// <summary>Not before the connection is over or timed out: it says what is missing, which may still come.</summary>
    Provisional,
}
