namespace HandshakeToMermaid;

/// <summary>Time between two frames of a handshake that belongs to no completed phase.</summary>
/// <param name="AfterFrame">The number of the frame that it began with.</param>
/// <param name="BeforeFrame">The number of the frame that ended it; null where nothing followed.</param>
/// <param name="Length">How long it lasted.</param>
/// <param name="WaitingFor">Whose turn it was.</param>
public sealed record HandshakeWait(long AfterFrame, long? BeforeFrame, TimeSpan Length, HandshakeActor WaitingFor);
