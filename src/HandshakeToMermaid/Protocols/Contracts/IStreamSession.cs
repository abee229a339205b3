using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>One reading of a stream: it takes the recorded bytes in order and then says what it learned. A protocol inside another is read the same way.</summary>
internal interface IStreamSession : IStreamReader
{
    /// <summary>What was learned, one entry for each protocol. Called once, after the last byte.</summary>
    /// <param name="isClosed">False where the stream goes on: what is incomplete may still be completed.</param>
    IReadOnlyList<ProtocolFacts> Finish(bool isClosed);
}
