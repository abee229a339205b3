using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>Recognises FTP by a greeting that names it or comes from its port.</summary>
public sealed class FtpDialect : IPreludeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextPrelude.Begins(start, "AUTH TLS"u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        speaker = Side.Server;
        verdict = TextPrelude.Begins(start, "220"u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        if (flow.Responder.Port == 21) return verdict;
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return ProbeVerdict.Unsure;
        return TextPrelude.Holds(start[..end], "FTP"u8) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public Prelude Begin() => new FtpPrelude();
}
