namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>How a connection turned out, who decided it, and in which frame.</summary>
/// <param name="Class">The kind of outcome.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Frame">The deciding frame; 0 where there is none.</param>
internal sealed record Outcome(OutcomeClass Class, Confidence Confidence, OutcomeActor By, long Frame)
{
    /// <summary>True for outcomes that a person would call a failure.</summary>
    public bool IsFailure => Class.IsFailure;

    /// <summary>True where the handshake completed.</summary>
    public bool IsCompleted => Class.IsCompleted;
}
