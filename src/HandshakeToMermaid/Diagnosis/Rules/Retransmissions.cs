using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Much had to be sent again.</summary>
internal sealed class Retransmissions : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["large-client-hello-lost", "server-flight-lost", "packet-too-big", "syn-unanswered", "unreachable", "no-server-hello"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Flow is not { } flow) return null;
        var client = flow.Flow[flow.Client];
        var server = flow.Flow[flow.Client.Opposite()];
        var (clientRepeats, serverRepeats) = (flow.RetransmissionsOf(flow.Client), flow.RetransmissionsOf(flow.Client.Opposite()));
        var repeats = clientRepeats + serverRepeats;
        if (repeats < Few || repeats * 100L < (client.Packets + server.Packets) * Percent) return null;
        var steps = connection.Steps.Where(IsRepetition).ToList();
        return new Finding(
            "retransmissions", Severity.Warning, Confidence.Certain, "Many retransmissions",
            $"{Wording.Count(clientRepeats, flow.Tcp is null ? "datagram" : "segment")} from the client and {serverRepeats} from the server were retransmitted",
            "Look for packet loss on the path",
            Aliases, [.. steps.Take(MaxFrames).Select(s => s.Last.Frame)], "RFC 6298 section 5") { At = steps.FirstOrDefault() };
    }

    private static bool IsRepetition(Step step) =>
        step is TcpStep { Kind: TcpEventKind.Retransmission or TcpEventKind.SynRetransmission or TcpEventKind.SynAckRetransmission } or RetransmissionStep;

    private const int Few = 3;
    private const int Percent = 5;
    private const int MaxFrames = 6;

    private static readonly string[] Aliases = ["TCP Retransmission", "tcp.analysis.retransmission", "TCP Spurious Retransmission", "packet loss"];
}
