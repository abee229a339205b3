using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The way to the server and back is long.</summary>
internal sealed class SlowNetwork : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["retransmissions"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Timing.RoundTrip is not { } trip || trip < Long || connection.Flow?.Tcp is not { } flow) return null;
        return new Finding(
            "slow-network", Severity.Warning, Confidence.Certain, "High network latency",
            $"one round trip takes {Wording.Wait(trip)}, and the handshake needs several",
            "Serve from a closer location, save round trips (TLS 1.3, resumption)",
            Aliases, TlsEvidence.Frames([flow.Syn.Frame, flow.SynAck.Frame], [flow.Ack.Frame]), null)
        {
            At = connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.SynAck),
        };
    }

    /// <summary>Around the world and back; only satellites take longer.</summary>
    private static readonly Duration Long = Duration.FromMilliseconds(400);

    private static readonly string[] Aliases = ["time_connect", "connectEnd", "high latency", "RTT"];
}
