using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one stream.</summary>
public interface IStreamDialogue : IStreamReader
{
    /// <summary>What was learned so far, while the stream goes on; it may be asked for any number of times. Empty where only the end tells.</summary>
    IReadOnlyList<ProtocolFacts> SoFar() => [];

    /// <summary>The stream is over: what was learned, one entry per protocol (a proxy adds its own before TLS). Called once.</summary>
    IReadOnlyList<ProtocolFacts> Finish();
}
