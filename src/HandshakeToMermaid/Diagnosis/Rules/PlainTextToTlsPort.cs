using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Something that is no TLS was sent to a port where TLS is expected.</summary>
internal sealed class PlainTextToTlsPort(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Flow is not { IsJoinedMidway: false } flow || connection.Server.Endpoint is not { } server || flow.LacksAnyOf(flow.Client.Opposite())) return null;
        var http = connection.FactsOf<HttpFacts>() is { IsClear: true } clear ? clear : null;
        var answered = http is { IsAnsweredByTls: true } || AnsweredByTls(connection, flow);
        if (!answered && !(ServicePorts.IsTls(server.Port) && IsRefused(connection, flow, http))) return null;
        var at = http?.Steps.FirstOrDefault() ?? connection.Steps.FirstOrDefault(s => s is CleartextStep && s.From == flow.Client);
        var sent = (at as CleartextStep)?.What.Words ?? "other data";
        return new Finding(
            "plain-text-to-tls-port", Severity.Error, answered ? Confidence.Certain : Confidence.Likely, http is null ? "Non-TLS data sent to a TLS port" : "Plain HTTP sent to a TLS port",
            http is null ? $"port {server.Port} expects TLS, the client sent {sent}" : $"the client sent plain HTTP to port {server.Port}, which expects TLS",
            http is null ? "Enable TLS in the client, or use the cleartext port" : "Use https:// in the URL, or the cleartext port",
            Aliases, TlsEvidence.Frames([flow.Flow[flow.Client].FirstPayload.Frame, flow.End is { } end && end.By != flow.Client ? end.Mark.Frame : 0], [flow.Flow[flow.Client.Opposite()].FirstPayload.Frame]), "RFC 9110 section 4.2.2") { At = at };
    }

    /// <summary>The server answered bytes that are no TLS with a TLS alert.</summary>
    private static bool AnsweredByTls(Connection connection, FlowSummary flow) =>
        connection.FactsOf<TlsFacts>() is { Messages.Count: 0 } facts && facts.Half(flow.Client) is { IsCleartext: true } && facts.Alerts.Any(a => a.From != flow.Client);

    /// <summary>
    /// The client sent plain text first, and the server rejected it: HTTP servers answer "400 Bad Request" (nginx 497), others end the
    /// connection without an answer.
    /// </summary>
    private bool IsRefused(Connection connection, FlowSummary flow, HttpFacts? http)
    {
        if (connection.Outcome.Class != OutcomeClass.NotTls || witness.Of(connection) is { HasServerHello: true }) return false;
        var (asked, answer) = (flow.Flow[flow.Client].FirstPayload, flow.Flow[flow.Client.Opposite()].FirstPayload);
        if (!asked.IsSet || (answer.IsSet && answer.Frame < asked.Frame)) return false;
        if (answer.IsSet) return http is { Status: 400 or 497 } && flow.End is not null;
        return flow.End is { } end && end.By != flow.Client;
    }

    private static readonly string[] Aliases =
    [
        "The plain HTTP request was sent to HTTPS port", "Client sent an HTTP request to an HTTPS server", "http request", "SSL23_GET_CLIENT_HELLO:http request", "This combination of host and port requires TLS",
        "Empty reply from server", "ERR_EMPTY_RESPONSE", "malformed HTTP response", "tls: first record does not look like a TLS handshake", "Unrecognized SSL message, plaintext connection?",
    ];
}
