using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises FTP by a greeting that names it or comes from its port.</summary>
internal sealed class FtpDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextExchange.Begins(start, "AUTH TLS"u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        speaker = Side.Server;
        verdict = TextExchange.Begins(start, "220"u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        if (flow.Responder.Port == 21) return verdict;
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return ProbeVerdict.Unsure;
        return TextExchange.Holds(start[..end], "FTP"u8) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new FtpExchange();
}
