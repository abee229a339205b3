namespace HandshakeToMermaid.Pipeline;

/// <summary>How far a watched handshake is.</summary>
internal enum WatchStage
{
    /// <summary>Under way.</summary>
    Open,

    /// <summary>Reported as timed out; it may still change.</summary>
    TimedOut,

    /// <summary>Decided.</summary>
    Decided,
}
