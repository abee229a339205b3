using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>Recognises XMPP by its stream header; the client opens.</summary>
public sealed class XmppDialect : IPreludeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        // Both sides send one, but only the server gives the stream an id.
        speaker = TextPrelude.Holds(start, " id="u8) ? Side.Server : Side.Client;
        var verdict = TextPrelude.Begins(start, "<stream:stream "u8);
        if (verdict != ProbeVerdict.NotForUs) return verdict;
        verdict = TextPrelude.Begins(start, "<?xml "u8);
        if (verdict != ProbeVerdict.Certain) return verdict;
        var declaration = start.IndexOf((byte)'>');
        if (declaration < 0) return start.Length < LongestDeclaration ? ProbeVerdict.Unsure : ProbeVerdict.NotForUs;
        var rest = start[(declaration + 1)..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty ? ProbeVerdict.Unsure : TextPrelude.Begins(rest, "<stream:stream "u8);
    }

    /// <inheritdoc/>
    public Prelude Begin() => new XmppPrelude();

    private const int LongestDeclaration = 128;
}
