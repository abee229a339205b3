using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Outcomes in words.</summary>
public static class OutcomeText
{
    /// <summary>For titles and tables: "succeeded", "failed", "not judged".</summary>
    public static string Short(Outcome outcome) => outcome.Class switch
    {
        OutcomeClass.Established => "succeeded",
        OutcomeClass.NotTls => "not TLS",
        OutcomeClass.OneSided or OutcomeClass.Incomplete => "seen in part",
        OutcomeClass.Unreadable => "not readable",
        _ => "failed",
    };

    /// <summary>The class's name as JSON writes it: snake_case.</summary>
    public static string Name(OutcomeClass outcome) => outcome switch
    {
        OutcomeClass.Established => "established",
        OutcomeClass.Alert => "alert",
        OutcomeClass.RejectedLate => "rejected_late",
        OutcomeClass.ClientRejected => "client_rejected",
        OutcomeClass.NoServerHello => "no_server_hello",
        OutcomeClass.ResetByServer => "reset_by_server",
        OutcomeClass.ResetByClient => "reset_by_client",
        OutcomeClass.ClosedByServer => "closed_by_server",
        OutcomeClass.ClosedByClient => "closed_by_client",
        OutcomeClass.TcpRefused => "tcp_refused",
        OutcomeClass.TcpTimeout => "tcp_timeout",
        OutcomeClass.Unreachable => "unreachable",
        OutcomeClass.DnsError => "dns_error",
        OutcomeClass.DnsTimeout => "dns_timeout",
        OutcomeClass.NotTls => "not_tls",
        OutcomeClass.OneSided => "one_sided",
        OutcomeClass.Incomplete => "incomplete",
        _ => "unreadable",
    };

    /// <summary>One clause for people.</summary>
    public static string Sentence(Outcome outcome) => outcome.Class switch
    {
        OutcomeClass.Established => "the handshake completed",
        OutcomeClass.Alert => $"the {Actor(outcome)} ended the handshake with a fatal alert",
        OutcomeClass.RejectedLate => "the server refused after the client was done",
        OutcomeClass.ClientRejected => "the client left on the server's flight",
        OutcomeClass.NoServerHello => "no answer to the ClientHello arrived",
        OutcomeClass.ResetByServer when outcome.By == OutcomeActor.Network => "a reset in the server's name, probably not its own, ended the handshake",
        OutcomeClass.ResetByServer => "the server reset the connection during the handshake",
        OutcomeClass.ResetByClient => "the client reset the connection during the handshake",
        OutcomeClass.ClosedByServer => "the server closed the connection during the handshake",
        OutcomeClass.ClosedByClient => "the client closed the connection during the handshake",
        OutcomeClass.TcpRefused => "the server refused the connection",
        OutcomeClass.TcpTimeout => "nobody answered the SYN",
        OutcomeClass.Unreachable => "the network says the server cannot be reached",
        OutcomeClass.DnsError => "the name could not be resolved",
        OutcomeClass.DnsTimeout => "the resolver never answered",
        OutcomeClass.NotTls => "the connection carries something other than TLS",
        OutcomeClass.OneSided => "only one direction was captured",
        OutcomeClass.Incomplete => "the capture begins or ends inside the handshake",
        _ => "the bytes could not be read",
    };

    /// <summary>The verdict on a connection that did not fail.</summary>
    public static string Verdict(Connection connection)
    {
        var outcome = connection.Outcome;
        if (outcome.Class == OutcomeClass.NotTls)
        {
            return connection.FactsOf<PreludeFacts>() is { Unasked: not null } clear
                ? $"No TLS: the client never asked for it, {clear.Protocol} in clear"
                : "No TLS seen: the connection carries something else";
        }

        if (outcome.Class == OutcomeClass.Incomplete && connection.Flow is { IsJoinedMidway: true }) return "Not judged: the capture began inside the connection";
        if (outcome.Class != OutcomeClass.Established) return $"Not judged: {Sentence(outcome)}";
        var likely = outcome.Confidence == Confidence.Likely ? "OK, likely: connected" : "OK: connected";
        return connection.Timing.Total is { } total ? $"{likely} in {Quantities.Text(total)}" : likely;
    }

    private static string Actor(Outcome outcome) => outcome.By switch
    {
        OutcomeActor.Client => "client",
        OutcomeActor.Server => "server",
        _ => "peer",
    };
}
