using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server answered the ClientHello, and the path lost the answer or a part of it.</summary>
internal sealed class ServerFlightLost(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["packet-too-big"];

    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ClientHello: { } hello } tls || tls.Flow.Tcp?[tls.Server].Loss is not { } loss) return null;
        var isOver = connection.Outcome.IsFailure;
        var frames = loss.Sendings.ToHashSet();
        var at = connection.Steps.FirstOrDefault(s => s is TcpStep { Kind: TcpEventKind.Gap, Event.Gap: GapKind.LostOnPath } && s.From == tls.Server)
            ?? connection.Steps.FirstOrDefault(s => s.From == tls.Server && s.IsUndelivered && frames.Contains(s.Last.Frame));
        return new Finding(
            "server-flight-lost", isOver ? Severity.Error : Severity.Warning, Confidence.Likely, "The server's reply was lost on the path",
            $"{What(loss)}: {Why(loss)}",
            "Allow ICMP, lower the MTU or clamp the MSS on the path",
            Aliases, TlsEvidence.Frames([hello.Last.Frame], loss.Evidence), "RFC 8899 section 1") { At = at };
    }

    private static string What(PathLoss loss)
    {
        var bytes = Wording.Count((int)Math.Min(int.MaxValue, loss.Bytes), "byte");
        if (loss.Sendings.Count > 0) return $"{bytes} of it were sent {Wording.Count(loss.Sendings.Count, "time")} and never acknowledged";
        return loss.HasLaterBytes ? $"{bytes} of it never arrived, later data did" : $"by its sequence number the server sent {bytes} that never arrived";
    }

    /// <summary>Full-size segments that vanish while small ones pass indicate a path MTU black hole (RFC 2923 section 2.1).</summary>
    private static string Why(PathLoss loss) => loss.Bytes >= FullSize
        ? "probably an MTU black hole, or packet loss"
        : "probably packet loss";

    /// <summary>Payload of the smallest packet that a path of IPv6's minimum MTU (1280 bytes, RFC 8200 section 5) may not carry, timestamps included.</summary>
    private const int FullSize = 1280 - 40 - 32;

    private static readonly string[] Aliases =
        ["net/http: TLS handshake timeout", "ERR_TIMED_OUT", "SSL connection timeout", "Connection timed out", "java.net.SocketTimeoutException: Read timed out", "MTU black hole", "PMTUD black hole", "TCP Previous segment not captured"];
}
