using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises NNTP by a greeting that names it or comes from its ports.</summary>
internal sealed class NntpDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Server;
        var verdict = TextExchange.Begins(start, "200 "u8);
        if (verdict == ProbeVerdict.NotForUs) verdict = TextExchange.Begins(start, "201 "u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return ProbeVerdict.Unsure;
        var isNntp = TextExchange.Holds(start[..end], "NNTP"u8) || TextExchange.Holds(start[..end], "INN"u8) || flow.Responder.Port is 119 or 433;
        return isNntp ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new NntpExchange();
}
