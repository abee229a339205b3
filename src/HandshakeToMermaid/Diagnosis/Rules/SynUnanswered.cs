using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The SYN was never answered.</summary>
internal sealed class SynUnanswered : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.TcpTimeout || connection.Flow is not { } flow || connection.Server.Endpoint is not { } server) return null;
        var syns = connection.Steps.OfType<TcpStep>().Where(s => s.Kind is TcpEventKind.Syn or TcpEventKind.SynRetransmission).ToList();
        return new Finding(
            "syn-unanswered", Severity.Error, connection.Outcome.Confidence, "Connection timed out: the SYN was not answered",
            $"{server.Address} port {server.Port} answered none of {Wording.Count(Math.Max(syns.Count, 1 + flow.Flow.Forward.Retransmissions), "SYN")}",
            "Check that the host is up and that no firewall drops the packets",
            Aliases, [.. syns.Take(6).Select(s => s.Last.Frame)], "RFC 9293 section 3.8.3") { At = syns.LastOrDefault() };
    }

    private static readonly string[] Aliases =
        ["ETIMEDOUT", "Connection timed out", "ERR_CONNECTION_TIMED_OUT", "NS_ERROR_NET_TIMEOUT", "i/o timeout", "java.net.SocketTimeoutException: connect timed out", "context deadline exceeded"];
}
