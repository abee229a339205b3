using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises IRC by a client that asks for capabilities, or for TLS at once.</summary>
internal sealed class IrcDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextExchange.Begins(start, "CAP LS"u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;

        // In SMTP and IMAP the server speaks first, and then this is no beginning.
        return flow.Responder.Port is >= 6660 and <= 6669 or 7000 ? TextExchange.Begins(start, "STARTTLS\r\n"u8) : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new IrcExchange();
}
