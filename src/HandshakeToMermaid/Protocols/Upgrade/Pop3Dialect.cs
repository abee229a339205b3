using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises POP3 by its greeting.</summary>
internal sealed class Pop3Dialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var verdict = TextExchange.Begins(start, "STLS\r\n"u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        speaker = Side.Server;
        return TextExchange.Begins(start, "+OK"u8);
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new Pop3Exchange();
}
