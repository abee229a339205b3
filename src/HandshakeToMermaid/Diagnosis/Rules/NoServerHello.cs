using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The ClientHello was never answered.</summary>
internal sealed class NoServerHello(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["large-client-hello-lost", "packet-too-big", "plain-text-from-tls-port"];

    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.NoServerHello || witness.Of(connection) is not { } tls) return null;
        // It answered; what became of the answer is another finding.
        if (tls.Flow.Tcp?[tls.Server].Loss is not null) return null;
        var half = tls.Flow.Tcp?[tls.Client];
        var isAcknowledged = half is { IsAcknowledged: true };
        var end = connection.Outcome is { By: OutcomeActor.Client, Frame: > 0 and var frame } ? frame : 0;
        var waited = (connection.Timing.End ?? connection.Last.Time).Since(tls.ClientHello?.Last.Time ?? connection.First.Time);
        if (end > 0 && waited < Silence.Patience) return GaveUp(connection, tls, waited);
        return new Finding(
            "no-server-hello", Severity.Error, connection.Outcome.Confidence, "The server did not answer the ClientHello",
            isAcknowledged
                ? $"its TCP acknowledged the ClientHello, its application sent nothing for {Wording.Wait(waited)}"
                : half is null ? $"no datagram was received for {Wording.Wait(waited)}" : $"the ClientHello was not acknowledged within {Wording.Wait(waited)}",
            isAcknowledged ? "Check the server application: is it overloaded, or not a TLS server?" : "Look for a firewall that drops the packet",
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(tls.ClientHello), [end]), "RFC 8446 section 4.1.3") { At = tls.ClientHello };
    }

    /// <summary>A client that leaves so soon shows nothing about the server.</summary>
    private static Finding GaveUp(Connection connection, TlsEvidence tls, Duration waited) => new(
        "no-server-hello", Severity.Error, connection.Outcome.Confidence, "The client left before the server replied",
        $"it waited only {Wording.Wait(waited)} for the ServerHello",
        "Check the client's log and its timeouts",
        Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(tls.ClientHello), [connection.Outcome.Frame]), "RFC 8446 section 4.1.3") { At = tls.ClientHello };

    private static readonly string[] Aliases =
        ["SSL connection timeout", "ERR_TIMED_OUT", "ETIMEDOUT", "net/http: TLS handshake timeout", "PR_CONNECT_RESET_ERROR", "javax.net.ssl.SSLException: Read timed out", "The handshake failed due to an unexpected packet format"];
}
