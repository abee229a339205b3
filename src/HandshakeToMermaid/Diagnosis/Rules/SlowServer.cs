using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Steps;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server took long to answer, beyond what the network needs.</summary>
internal sealed class SlowServer(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["retransmissions", "packet-too-big"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        var gaveUp = connection.Outcome.Class.IsAnyOf(OutcomeClass.ClosedByClient, OutcomeClass.ResetByClient);
        var thought = connection.Timing.ServerThink;
        if (!gaveUp && (thought is null || thought < Long)) return null;
        if (witness.Of(connection) is not { HasServerHello: true } tls) return null;
        if (gaveUp && tls is { ServerHello: { } late, ClientHello: { } asked } && tls.Flow.End is { } end && late.Last.IsAfter(end.Mark)) return AfterTheEnd(tls, late, asked, thought);
        if (thought is not { } wait || wait < Long) return null;
        return new Finding(
            "slow-server", Severity.Warning, Confidence.Certain, "The server was slow to respond",
            $"it took {Wording.Wait(wait)} to send its ServerHello, network delay not counted",
            Fix, Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), null) { At = tls.ServerHello };
    }

    /// <summary>The client gave up while it waited. Where the network's part is not known, only a long wait is laid to the server.</summary>
    private static Finding? AfterTheEnd(TlsEvidence tls, TlsMessageStep late, TlsMessageStep asked, Duration? thought)
    {
        var waited = late.Last.Time.Since(asked.Last.Time);
        if ((thought ?? waited) < (thought is null ? Long + Long : Long)) return null;
        return new Finding(
            "slow-server", Severity.Error, thought is null ? Confidence.Likely : Confidence.Certain, "The server replied after the client had closed",
            $"its ServerHello came {Wording.Wait(waited)} after the ClientHello", Fix,
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(asked, late), [tls.Connection.Outcome.Frame]), null) { At = late };
    }

    private const string Fix = "Check the server: load, blocked workers, slow certificate lookups";

    /// <summary>A handshake costs a server a millisecond or two; half a second is felt.</summary>
    private static readonly Duration Long = Duration.FromMilliseconds(500);

    private static readonly string[] Aliases = ["time_appconnect", "secureConnectionStart", "TLS handshake timeout", "slow TLS handshake"];
}
