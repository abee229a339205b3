using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Tls.Messages;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server took long to answer, beyond what the network needs.</summary>
internal sealed class SlowServer(Witness witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["retransmissions", "packet-too-big"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Timing.ServerThink is not { } thought || thought < Long || witness.Of(connection) is not { HasServerHello: true } tls) return null;
        var outcome = connection.Outcome;
        var gaveUp = outcome is { Class: OutcomeClass.ClosedByClient or OutcomeClass.ResetByClient, Frame: > 0 } && tls.ServerHello is { } late && outcome.Frame < late.Last.Frame;
        return new Finding(
            "slow-server", gaveUp ? Severity.Error : Severity.Warning, Confidence.Proved, gaveUp ? "The server answered after the client had left" : "The server was slow to answer",
            $"it thought for {Wording.Wait(thought)} before its ServerHello, the network is not to blame",
            "Look at the server: load, blocked workers, slow certificate look-ups",
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), gaveUp ? [outcome.Frame] : []), null) { At = tls.ServerHello };
    }

    /// <summary>A handshake costs a server a millisecond or two; half a second is felt.</summary>
    private static readonly Duration Long = Duration.FromMilliseconds(500);

    private static readonly string[] Aliases = ["time_appconnect", "secureConnectionStart", "TLS handshake timeout", "slow TLS handshake"];
}
