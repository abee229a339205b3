using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Udp;

/// <summary>UDP itself (RFC 768): what was counted, and ICMP errors about its datagrams.</summary>
internal sealed class UdpProtocol : IProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => [new UdpFacts((RecordedUdpFlow)flow)];
}
