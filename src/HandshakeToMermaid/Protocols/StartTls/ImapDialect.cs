using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>Recognises IMAP by its greeting.</summary>
public sealed class ImapDialect : IPreludeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Server;
        var good = TextPrelude.Begins(start, "* OK"u8);
        return good != ProbeVerdict.NotForUs ? good : TextPrelude.Begins(start, "* PREAUTH"u8);
    }

    /// <inheritdoc/>
    public Prelude Begin() => new ImapPrelude();
}
