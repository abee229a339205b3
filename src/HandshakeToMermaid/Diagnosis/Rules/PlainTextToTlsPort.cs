using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Something that is no TLS was sent to a port where TLS is expected.</summary>
internal sealed class PlainTextToTlsPort(Witness witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Flow is not { } flow || connection.Server.Endpoint is not { } server) return null;
        var isTlsPort = TlsPorts.Contains(server.Port);
        var http = connection.FactsOf<HttpFacts>() is { IsClear: true } clear ? clear : null;
        var answered = http is { IsAnsweredByTls: true } || AnsweredByTls(connection, flow);
        var answer = flow.Flow[flow.Client.Opposite()];
        // Servers answer a request in clear with "400 Bad Request" and close; what goes on for long found a way to talk.
        var refused = connection.Outcome.Class == OutcomeClass.NotTls && isTlsPort && (http is null or { Status: 400 or 497 or 0 })
            && flow.Flow.End != TcpEnd.Open && answer.Delivered < ShortAnswer && flow.Flow[flow.Client].FirstPayload.IsSet
            && witness.Of(connection) is null or { HasServerHello: false };
        if (!answered && !(refused && flow.Flow[flow.Client].FirstPayload is { IsSet: true } first && (!answer.FirstPayload.IsSet || first.Frame < answer.FirstPayload.Frame))) return null;
        var at = http?.Steps.FirstOrDefault() ?? connection.Steps.FirstOrDefault(s => s.Phase == Phase.Data);
        return new Finding(
            "plain-text-to-tls-port", Severity.Error, answered ? Confidence.Proved : Confidence.Likely, http is null ? "Something other than TLS to a TLS port" : "Plain HTTP to a TLS port",
            http is null ? $"port {server.Port} expects TLS, the client sent something else" : $"the client speaks plain HTTP to port {server.Port}, which expects TLS",
            "Use https:// in the URL, or the port for plain text",
            Aliases, TlsEvidence.Frames([flow.Flow[flow.Client].FirstPayload.Frame], [answer.FirstPayload.Frame]), "RFC 9110 section 4.2.2") { At = at };
    }

    /// <summary>The server answered bytes that are no TLS with a TLS alert.</summary>
    private static bool AnsweredByTls(Connection connection, FlowSummary flow) =>
        connection.FactsOf<TlsFacts>() is { Messages.Count: 0 } facts && !facts.ForeignBytes(flow.Client).IsEmpty && facts.Alerts.Any(a => a.From != flow.Client);

    /// <summary>Longer than any page that says "400 Bad Request".</summary>
    private const long ShortAnswer = 4096;

    /// <summary>Ports of services that begin with TLS (IANA service names https, ldaps, domain-s, ftps, imaps, pop3s, submissions, sips, and usual ones).</summary>
    private static readonly ushort[] TlsPorts = [443, 465, 636, 853, 989, 990, 992, 993, 995, 5061, 5986, 6443, 8443, 9443];

    private static readonly string[] Aliases =
    [
        "The plain HTTP request was sent to HTTPS port", "Client sent an HTTP request to an HTTPS server", "http request", "SSL23_GET_CLIENT_HELLO:http request", "This combination of host and port requires TLS",
        "Empty reply from server", "ERR_EMPTY_RESPONSE", "malformed HTTP response", "tls: first record does not look like a TLS handshake", "Unrecognized SSL message, plaintext connection?",
    ];
}
