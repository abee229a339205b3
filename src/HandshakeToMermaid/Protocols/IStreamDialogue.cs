using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one stream.</summary>
public interface IStreamDialogue : IStreamReader
{
    /// <summary>The stream is over: what was learned, one entry per protocol (a proxy adds its own before TLS). Called once.</summary>
    IReadOnlyList<ProtocolFacts> Finish();
}
