namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one flow.</summary>
public interface IDialogue
{
    /// <summary>What was learned so far, while the flow goes on; it may be asked for any number of times. Empty where only the end tells.</summary>
    IReadOnlyList<ProtocolFacts> SoFar() => [];

    /// <summary>The flow is over: what was learned, one entry per protocol (a proxy adds its own before TLS). Called once.</summary>
    IReadOnlyList<ProtocolFacts> Finish();
}
