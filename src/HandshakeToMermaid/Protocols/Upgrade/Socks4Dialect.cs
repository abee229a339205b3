using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises SOCKS 4 and 4a by the client's request, which is all that it sends before an answer.</summary>
internal sealed class Socks4Dialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        if (start[0] != 4 || (start.Length > 1 && start[1] != 1)) return ProbeVerdict.NotForUs;
        var length = Socks4Exchange.LengthOf(start);
        if (length < 0 || start.Length > Longest) return ProbeVerdict.NotForUs;
        if (length == 0) return ProbeVerdict.Unsure;

        // Nothing but the request fits into it: a port, an address that is not 0, and text up to its end.
        var isText = !start[8..(length - 1)].ContainsAnyExcept(Printable) && start[4] is not 0 || Socks4Exchange.HasName(start);
        return length == start.Length && isText && (start[2] | start[3]) != 0 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new Socks4Exchange();

    private static readonly System.Buffers.SearchValues<byte> Printable = System.Buffers.SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(i => (byte)i)]);

    private const int Longest = 520;
}
