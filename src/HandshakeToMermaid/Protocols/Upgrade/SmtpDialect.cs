using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises SMTP by its client's EHLO, or by a greeting that names it or comes from its ports.</summary>
internal sealed class SmtpDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextExchange.Begins(start, "EHLO "u8);
        if (verdict == ProbeVerdict.NotForUs) verdict = TextExchange.Begins(start, "HELO "u8);
        if (verdict == ProbeVerdict.NotForUs) verdict = TextExchange.Begins(start, "LHLO "u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        speaker = Side.Server;
        verdict = TextExchange.Begins(start, "220"u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return ProbeVerdict.Unsure;
        var greeting = start[..end];
        if (TextExchange.Holds(greeting, "FTP"u8)) return ProbeVerdict.NotForUs;
        return TextExchange.Holds(greeting, "SMTP"u8) || flow.Responder.Port is 25 or 587 or 2525 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new SmtpExchange();
}
