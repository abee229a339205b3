using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises IMAP by its greeting.</summary>
internal sealed class ImapDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Server;
        var good = TextExchange.Begins(start, "* OK"u8);
        return good != ProbeVerdict.NotForUs ? good : TextExchange.Begins(start, "* PREAUTH"u8);
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new ImapExchange();
}
