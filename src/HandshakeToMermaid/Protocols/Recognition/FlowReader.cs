using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Recognition;

/// <summary>
/// Reads recorded flows: the transport's own facts, then those of the protocol that is recognised on it. Changes nothing, so that any thread may
/// use it.
/// </summary>
/// <param name="tcp">Reads what TCP itself says.</param>
/// <param name="udp">Reads what UDP itself says.</param>
/// <param name="streams">Protocols over TCP, recognised by content; the first that is certain has the stream.</param>
/// <param name="datagrams">Protocols over UDP.</param>
/// <param name="limits">The caps.</param>
internal sealed class FlowReader(IProtocol tcp, IProtocol udp, IReadOnlyList<IStreamProtocol> streams, IReadOnlyList<IDatagramFlowProtocol> datagrams, AnalyzerLimits limits)
{
    /// <summary>What all protocols of a flow say, the transport first.</summary>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => flow is RecordedTcpFlow stream
        ? Join(tcp.Read(flow), ReadStream(stream))
        : Join(udp.Read(flow), ReadDatagrams((RecordedUdpFlow)flow));

    /// <summary>See <see cref="IStreamProtocol.TryServerName"/>.</summary>
    /// <param name="start">The first bytes of the initiator.</param>
    /// <param name="name">The name; null where the client named none.</param>
    public bool TryServerName(ReadOnlySpan<byte> start, out string? name)
    {
        for (var i = 0; i < streams.Count; i++)
        {
            if (streams[i].TryServerName(start, out name)) return true;
        }

        name = null;
        return false;
    }

    /// <summary>See <see cref="IStreamProtocol.FilterFor"/>; null where no protocol is recognised so far.</summary>
    public IRecordingFilter? FilterFor(RecordedTcpFlow soFar) => new StreamRecognition(soFar, streams, limits).Protocol?.FilterFor(soFar);

    private static ProtocolFacts[] Join(IReadOnlyList<ProtocolFacts> transport, IReadOnlyList<ProtocolFacts> above)
    {
        var all = new ProtocolFacts[transport.Count + above.Count];
        for (var i = 0; i < transport.Count; i++) all[i] = transport[i];
        for (var i = 0; i < above.Count; i++) all[transport.Count + i] = above[i];
        return all;
    }

    private IReadOnlyList<ProtocolFacts> ReadStream(RecordedTcpFlow flow)
    {
        var recognition = new StreamRecognition(flow, streams, limits);
        if (recognition.Protocol is { } protocol) return protocol.Read(flow);
        return recognition.Cleartext() is { } cleartext ? [cleartext] : [];
    }

    private IReadOnlyList<ProtocolFacts> ReadDatagrams(RecordedUdpFlow flow)
    {
        for (var i = 0; i < datagrams.Count; i++)
        {
            if (datagrams[i].Name == flow.Protocol) return datagrams[i].Read(flow);
        }

        return [];
    }
}
