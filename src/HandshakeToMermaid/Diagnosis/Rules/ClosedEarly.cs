using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A side closed or reset the connection before the handshake was over, and nothing else says why.</summary>
internal sealed class ClosedEarly(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public bool IsLastResort => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        var outcome = connection.Outcome;
        if (connection.Flow is not { } flow) return null;
        var kind = outcome.Class;
        if (!kind.IsAnyOf(Ends)) return null;
        var at = connection.Steps.FirstOrDefault(s => s.Last.Frame == outcome.Frame && (s.IsDeadEnd || s.Phase == Phase.Close)) ?? connection.Steps.FirstOrDefault(s => s.Last.Frame == outcome.Frame);
        var tls = witness.Of(connection);
        if (kind == OutcomeClass.Alert && tls?.Alert is not null) return null;
        var isEmpty = !flow.Flow.Forward.FirstPayload.IsSet && !flow.Flow.Reverse.FirstPayload.IsSet;
        if (isEmpty)
        {
            if (Silence.BeforeFirstByte(connection) is not null) return null;

            // Load balancers probe like this all the time: information, not an error.
            var isProbe = kind.IsAnyOf(OutcomeClass.ClosedByClient, OutcomeClass.ResetByClient);
            return Early(
                isProbe ? Severity.Info : Severity.Error, outcome.Confidence, isProbe ? "Opened and closed without data" : "The server closed before any data was sent",
                isProbe ? $"the client {(flow.Flow.IsAnswered ? "opened the connection and sent nothing" : "aborted its connection attempt at once")}, as health checks do" : "it accepted the connection and closed it before the client sent anything",
                isProbe ? "None needed if this is a health check" : "Check the server's limits, access lists and the proxy in front of it", outcome, at, null) with { ExcusesEnd = isProbe };
        }

        if (tls is null && connection.FactsOf<UpgradeFacts>() is { } exchange) return BeforeTls(exchange, flow, outcome, at);
        var hasAnswer = tls is { HasServerHello: true, HasLeftBeforeServerHello: false };
        var (title, cause, fix) = kind switch
        {
            _ when kind == OutcomeClass.Alert => ("An encrypted alert ended the handshake", "the alert cannot be decrypted here", "Check the sender's log, or capture with SSLKEYLOGFILE set"),
            _ when tls is not null && hasAnswer && kind.IsAnyOf(OutcomeClass.ClientRejected, OutcomeClass.ResetByClient, OutcomeClass.ClosedByClient) =>
                ("The client closed after the server's reply", LeftBecause(tls), tls.CertificateSight == CertificateVisibility.Encrypted ? "Check the client's log, or capture with SSLKEYLOGFILE set" : "Check the client's log"),
            _ when kind == OutcomeClass.RejectedLate => ("The server rejected the client after its Finished", "it closed with an encrypted alert", "Check the server's log, or capture with SSLKEYLOGFILE set"),
            _ when kind.IsAnyOf(OutcomeClass.ClosedByServer, OutcomeClass.ResetByServer) =>
                ("The server aborted the handshake", hasAnswer ? "it ended the connection during the handshake, without an alert" : "it ended the connection after the ClientHello, without an alert", "Check the server's log, and whether the port uses TLS"),
            _ => ("The client aborted the handshake", "it ended the connection before the server replied", "Check the client's log and its timeouts"),
        };
        return Early(Severity.Error, kind.IsAnyOf(OutcomeClass.ClientRejected, OutcomeClass.RejectedLate, OutcomeClass.Alert) || (outcome.By == OutcomeActor.Client && hasAnswer) ? Confidence.Likely : Confidence.Certain, title, cause, fix, outcome, at, tls?.ClientHello);
    }

    private static string LeftBecause(TlsEvidence tls) => tls.CertificateSight == CertificateVisibility.NotSent
        ? "it ended the connection without an alert, and the server had sent no certificate"
        : $"it probably rejected the certificate, {tls.CertificateClause}, without a readable alert";

    /// <summary>No ClientHello was sent yet: TLS was asked for, or granted.</summary>
    private static Finding BeforeTls(UpgradeFacts exchange, FlowSummary flow, Outcome outcome, Step? at)
    {
        var isServer = outcome.By == OutcomeActor.Server;
        var verb = outcome.Class.IsAnyOf(OutcomeClass.ResetByServer, OutcomeClass.ResetByClient) ? "reset" : "closed";
        if (exchange.Unanswered(flow) is { Asked: { } asked } wait)
        {
            return Early(
                Severity.Error, Confidence.Certain, isServer ? $"The server {verb} after the {asked.Title}" : $"The client {verb} before TLS started",
                isServer ? $"it {verb} {Wording.Wait(Silence.Since(flow, wait.Since))} after the {asked.Title}, without a reply" : $"it waited only {Wording.Wait(Silence.Since(flow, wait.Since))} for {wait.What}",
                isServer ? $"Check the server's log, and whether the port serves {exchange.Protocol}" : "Check the client's log and its timeouts", outcome, at, asked);
        }

        var granted = exchange.Accepted;
        return Early(
            Severity.Error, Confidence.Certain, $"The {(isServer ? "server" : "client")} {verb} before TLS started",
            granted is null ? $"it {verb} before TLS was accepted" : granted.From == flow.Client ? $"it {verb} after the {granted.Title}, before any ClientHello" : isServer ? $"it had accepted TLS and {verb} before any ClientHello" : $"the server had accepted TLS, the client {verb} before any ClientHello",
            isServer ? "Check the server's log" : "Check the client's log and its own settings", outcome, at, granted);
    }

    private static Finding Early(Severity severity, Confidence confidence, string title, string cause, string fix, Outcome outcome, Step? at, Step? hello) => new(
        "closed-early", severity, confidence, title, cause, fix, Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(hello), [outcome.Frame]), "RFC 8446 section 6.1") { At = at };

    /// <summary>Outcomes in which one side ended the connection.</summary>
    private static readonly OutcomeClass[] Ends =
    [
        OutcomeClass.ClosedByClient, OutcomeClass.ClosedByServer, OutcomeClass.ResetByClient, OutcomeClass.ResetByServer,
        OutcomeClass.ClientRejected, OutcomeClass.RejectedLate, OutcomeClass.Alert,
    ];

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_SYSCALL", "unexpected eof while reading", "SSL_ERROR_ZERO_RETURN", "ERR_CONNECTION_CLOSED", "PR_END_OF_FILE_ERROR", "EOF", "ECONNRESET", "Remote host terminated the handshake",
        "The handshake failed due to an unexpected packet format", "Client network socket disconnected before secure TLS connection was established",
    ];
}
