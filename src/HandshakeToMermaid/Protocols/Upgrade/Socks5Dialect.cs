using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises SOCKS 5 by the methods that the client offers and the proxy's choice of one of them.</summary>
internal sealed class Socks5Dialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        if (start[0] != 5) return ProbeVerdict.NotForUs;
        if (start.Length < 2) return ProbeVerdict.Unsure;
        int count = start[1];
        if (count is 0 or > MostMethods) return ProbeVerdict.NotForUs;
        if (start.Length < 2 + count) return ProbeVerdict.Unsure;
        var methods = start.Slice(2, count);
        for (var i = 0; i < count; i++)
        {
            if (methods[i] is (> 9 and < 0x80) or 0xFF || methods[..i].Contains(methods[i])) return ProbeVerdict.NotForUs;
        }

        // A client that does not wait for the answer goes on with a request or credentials.
        if (start.Length > 2 + count && start[2 + count] is not (1 or 5)) return ProbeVerdict.NotForUs;
        var answer = flow.StartOf(Direction.Reverse);
        if (answer.Length < 2) return start.Length == 2 + count ? ProbeVerdict.Certain : ProbeVerdict.Unsure;
        return answer[0] == 5 && (answer[1] == 0xFF || methods.Contains(answer[1])) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new Socks5Exchange();

    private const int MostMethods = 16;
}
