using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// A protocol that is read from a recorded flow. Reading is a pure function: it depends on the flow and on what the protocol was made with
/// (limits, secrets), changes neither, and any thread may do it. A file reads a flow when it is over, a live capture also reads snapshots.
/// </summary>
internal interface IProtocol
{
    /// <summary>Reads a flow that speaks this protocol.</summary>
    /// <returns>One entry for each protocol met, the outermost first (a proxy adds its own before TLS, TLS one for what it protected); empty where nothing was learned.</returns>
    IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow);
}
