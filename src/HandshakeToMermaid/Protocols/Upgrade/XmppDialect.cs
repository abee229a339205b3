using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises XMPP by its stream header; the client sends first.</summary>
internal sealed class XmppDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        // Both sides send one, but only the server gives the stream an id.
        speaker = TextExchange.Holds(start, " id="u8) ? Side.Server : Side.Client;
        var verdict = TextExchange.Begins(start, "<stream:stream "u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        verdict = TextExchange.Begins(start, "<?xml "u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        var declaration = start.IndexOf((byte)'>');
        if (declaration < 0) return start.Length < LongestDeclaration ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        var rest = start[(declaration + 1)..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty ? ProbeVerdict.Unsure : TextExchange.Begins(rest, "<stream:stream "u8);
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new XmppExchange();

    private const int LongestDeclaration = 128;
}
