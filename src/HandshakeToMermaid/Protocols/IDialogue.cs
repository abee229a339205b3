namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one flow.</summary>
public interface IDialogue
{
    /// <summary>What was learned so far, while the flow goes on; it may be asked for any number of times. Empty where only the end tells.</summary>
    IReadOnlyList<ProtocolFacts> SoFar() => [];

    /// <summary>
    /// The server's name as the client asked for it (null: it named none), where that can be told at once and what is learned at the
    /// end says the same; false where only the end tells.
    /// </summary>
    bool TryServerName(out string? name)
    {
        name = null;
        return false;
    }

    /// <summary>The server's name as the client has asked for it by now, however the stream is read; null where it named none, or not yet.</summary>
    string? AskedName => TryServerName(out var name) ? name : null;

    /// <summary>The flow is over: what was learned, one entry per protocol (a proxy adds its own before TLS). Called once.</summary>
    IReadOnlyList<ProtocolFacts> Finish();
}
