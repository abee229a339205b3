using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises an HTTP proxy by its client's CONNECT.</summary>
internal sealed class HttpConnectDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        return Probe(start);
    }

    /// <summary>Judges the first bytes of a client.</summary>
    public static ProbeVerdict Probe(ReadOnlySpan<byte> start)
    {
        var method = HttpConnectExchange.Method;
        if (!start.StartsWith(method)) return method.StartsWith(start) ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return start.Length < LongestLine ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        return start[..end].LastIndexOf(" HTTP/1."u8) > 0 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new HttpConnectExchange();

    private const int LongestLine = 2000;
}
