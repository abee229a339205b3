using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>DNS over TCP (RFC 7766) on port 53; its queries go to the observer that watches UDP.</summary>
internal sealed class DnsStreamProtocol(DnsObserver observer)
{
    /// <summary>A reader for a connection to a resolver's port; null for any other one.</summary>
    public IStreamReader? Begin(TcpFlow flow) =>
        flow.Responder.Port == DnsPort.Dns || flow.Initiator.Port == DnsPort.Dns ? new DnsStreamReader(observer, flow) : null;
}
