using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Protocols that begin in cleartext and switch to TLS on the same connection, and proxies that open a tunnel for it.</summary>
/// <param name="setting">What TLS behind them is given.</param>
/// <param name="dialects">The protocols, each asked in turn.</param>
internal sealed class StartTlsProtocol(TlsSetting setting, IReadOnlyList<IUpgradeDialect> dialects) : IStreamProtocol
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow)
    {
        var verdict = ProbeVerdict.NotForUs;
        foreach (var dialect in dialects)
        {
            var one = dialect.Probe(start, flow, out _);
            if (one == ProbeVerdict.Certain) return one;
            if (one > verdict) verdict = one;
        }

        return verdict;
    }

    /// <inheritdoc/>
    public IRecordingFilter FilterFor(RecordedTcpFlow soFar)
    {
        var filter = new UpgradeRecordingFilter(inside => new UpgradeSession(soFar, dialects, setting.Limits, TlsProtocol.Probe, inside), () => new TlsRecordingFilter(setting));
        soFar.ReadInto(filter.Session);
        return filter;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow)
    {
        var stream = (RecordedTcpFlow)flow;
        var session = new UpgradeSession(stream, dialects, setting.Limits, TlsProtocol.Probe, () => new TlsStreamSession(setting));
        stream.ReadInto(session);
        return session.Finish(flow.IsClosed);
    }
}
