using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Tcp;

/// <summary>TCP itself: its handshake, its troubles, its end (RFC 9293).</summary>
internal sealed class TcpProtocol : IProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => [new TcpFacts((RecordedTcpFlow)flow)];
}
