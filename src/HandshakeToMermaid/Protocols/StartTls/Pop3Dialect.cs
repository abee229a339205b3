using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>Recognises POP3 by its greeting.</summary>
public sealed class Pop3Dialect : IPreludeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextPrelude.Begins(start, "STLS\r\n"u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        speaker = Side.Server;
        return TextPrelude.Begins(start, "+OK"u8);
    }

    /// <inheritdoc/>
    public Prelude Begin() => new Pop3Prelude();
}
