using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises the PROXY protocol by its first bytes.</summary>
internal sealed class ProxyHeaderDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var isLine = start.StartsWith(ProxyHeaderExchange.Line4) || start.StartsWith(ProxyHeaderExchange.Line6) || start.StartsWith(ProxyHeaderExchange.LineUnknown);
        if (isLine || start.StartsWith(ProxyHeaderExchange.Signature)) return ProbeVerdict.Certain;
        return ProxyHeaderExchange.Signature.StartsWith(start) || ProxyHeaderExchange.Line4.StartsWith(start) || ProxyHeaderExchange.Line6.StartsWith(start) || ProxyHeaderExchange.LineUnknown.StartsWith(start)
            ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new ProxyHeaderExchange();
}
