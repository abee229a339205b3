using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A ClientHello too large for one packet, or for the packets that some paths carry, was sent again and again and never acknowledged whole.</summary>
internal sealed class LargeClientHelloLost(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["packet-too-big"];

    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.NoServerHello || witness.Of(connection) is not { ClientHello: { } hello, HasServerHello: false } tls) return null;
        var isOnePacket = hello.First.Frame == hello.Last.Frame;
        if ((isOnePacket && hello.Bytes.Length < FullSize) || tls.Flow.Tcp?[tls.Client] is not { } half || half.IsAcknowledged) return null;
        var repeats = connection.Steps.OfType<TcpStep>().Where(s => s.Kind == TcpEventKind.Retransmission && s.From == tls.Client && s.Last.Frame > hello.Last.Frame).ToList();
        if (repeats.Count == 0) return null;
        var group = tls.Facts.ClientHello?.KeyShares.Where(k => k.KeyExchange.Length > 1000).Select(k => k.Group.Label).FirstOrDefault();
        var size = $"{ByteCount.Text(hello.Bytes.Length)}{(group is null ? "" : $" ({group})")}";
        return new Finding(
            "large-client-hello-lost", Severity.Error, Confidence.Likely, "A large ClientHello was lost on the path",
            isOnePacket
                ? $"its {size} in one packet were sent {repeats.Count + 1} times and never acknowledged, while small packets passed: the path probably drops large ones"
                : $"its {size} need two packets, the full-size one was never acknowledged",
            "Allow ICMP, lower the MTU or clamp the MSS on the path",
            Aliases, TlsEvidence.Frames([hello.First.Frame, hello.Last.Frame], repeats.Take(MaxFrames).Select(s => s.Last.Frame)), "RFC 8899 section 1") { At = repeats[0] };
    }

    private const int MaxFrames = 6;

    /// <summary>A message that with its headers fills more than IPv6's minimum MTU of 1280 bytes (RFC 8200 section 5), which every path carries.</summary>
    private const int FullSize = 1280 - 40 - 32 - 5;

    private static readonly string[] Aliases =
        ["ERR_TIMED_OUT", "ERR_CONNECTION_TIMED_OUT", "Connection timed out after", "SSL connection timeout", "MTU black hole", "PMTUD black hole", "tldr.fail", "net/http: TLS handshake timeout", "java.net.SocketTimeoutException: Read timed out"];
}
