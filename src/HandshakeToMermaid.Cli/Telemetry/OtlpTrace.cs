using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Telemetry;

/// <summary>
/// One connection as a trace: a span over all of it, and below it one for each DNS query, handshake and the first exchange; alerts are events. Identifiers follow from
/// the connection, so that a capture that is sent twice gives the same traces. Names of attributes are those of OpenTelemetry's semantic conventions where they have one.
/// </summary>
internal sealed class OtlpTrace
{
    private readonly Utf8JsonWriter json;
    private readonly DiagnosedConnection diagnosed;
    private readonly Connection connection;
    private readonly byte[] trace;
    private int spans;

    private OtlpTrace(Utf8JsonWriter json, DiagnosedConnection diagnosed)
    {
        this.json = json;
        this.diagnosed = diagnosed;
        connection = diagnosed.Connection;
        var identity = string.Create(
            CultureInfo.InvariantCulture,
            $"{connection.First.Time.Nanoseconds} {connection.First.Frame} {connection.Transport} {connection.Client.Endpoint} {connection.Server.Endpoint} {connection.Server.Name}");
        trace = SHA256.HashData(Encoding.UTF8.GetBytes(identity))[..16];
    }

    /// <summary>Writes a connection as an element of <c>resourceSpans</c>.</summary>
    public static void Write(Utf8JsonWriter json, DiagnosedConnection diagnosed) => new OtlpTrace(json, diagnosed).Write();

    private void Write()
    {
        json.WriteStartObject();
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        OtlpJson.Attribute(json, "service.name", "h2m");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeSpans"u8);
        json.WriteStartObject();
        json.WriteStartObject("scope"u8);
        json.WriteString("name"u8, "h2m"u8);
        json.WriteEndObject();
        json.WriteStartArray("spans"u8);
        WriteRoot();
        foreach (var query in connection.Queries) WriteQuery(query);
        foreach (var facts in connection.Facts)
        {
            if (facts.Span is { Phase.Role: PhaseRole.Handshake or PhaseRole.Transport or PhaseRole.Upgrade, Start.IsSet: true } span) WriteHandshake(facts, span);
            if (facts.JsonKey == "http") WriteExchange(facts);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRoot()
    {
        BeginSpan($"connect {Headline.Server(connection)}", connection.First.Time, End, isRoot: true);

        // First, so that the number can be put in when it is known.
        OtlpJson.Attribute(json, NumberKey, 0);
        OtlpJson.Attribute(json, "h2m.capture", connection.Capture);
        OtlpJson.Attribute(json, "h2m.first_frame", connection.First.Frame);
        OtlpJson.Attribute(json, "h2m.last_frame", connection.Last.Frame);
        OtlpJson.Attribute(json, "h2m.outcome", connection.Outcome.Class.Name);
        OtlpJson.Attribute(json, "h2m.findings", [.. diagnosed.Findings.Select(f => f.Code)]);
        OtlpJson.Attribute(json, "network.transport", connection.Transport == "tcp" ? "tcp" : "udp");
        OtlpJson.Attribute(json, "server.address", connection.Server.Name ?? connection.Behind?.Host ?? connection.Server.Endpoint?.Address.ToString());
        OtlpJson.Attribute(json, "server.port", connection.Behind is { } behind ? behind.Port : connection.Server.Endpoint?.Port);
        OtlpJson.Attribute(json, "network.peer.address", connection.Server.Endpoint?.Address.ToString());
        OtlpJson.Attribute(json, "network.peer.port", connection.Server.Endpoint?.Port);
        OtlpJson.Attribute(json, "network.local.address", connection.Client.Endpoint?.Address.ToString());
        OtlpJson.Attribute(json, "network.local.port", connection.Client.Endpoint?.Port);
        if (diagnosed.IsFailed) OtlpJson.Attribute(json, "error.type", diagnosed.Findings is [var leading, ..] ? leading.Code : connection.Outcome.Class.Name);
        EndSpan(diagnosed.IsFailed, diagnosed.Findings is [var first, ..] ? first.Title : connection.Outcome.Class.Name);
    }

    private void WriteQuery(DnsQuery query)
    {
        var end = query.Answer.IsSet ? query.Answer.Time : query.Questions is [.., var last] ? last.Time : query.First.Time;
        BeginSpan($"DNS {query.Type}", query.First.Time, end);
        OtlpJson.Attribute(json, "dns.question.name", query.Name);
        OtlpJson.Attribute(json, "dns.answers", query.Answers);
        OtlpJson.Attribute(json, "h2m.dns.rcode", query.Rcode);
        OtlpJson.Attribute(json, "h2m.dns.retries", query.Retries);
        OtlpJson.Attribute(json, "network.transport", query.Transport is "tcp" ? "tcp" : "udp");
        OtlpJson.Attribute(json, "server.address", query.Resolver.Address.ToString());
        OtlpJson.Attribute(json, "server.port", query.Resolver.Port);
        EndSpan(!query.Answer.IsSet, "no response");
    }

    private void WriteHandshake(ProtocolFacts facts, PhaseSpan span)
    {
        var isTls = facts.JsonKey == "tls";
        BeginSpan(span.Title, span.Start.Time, span.Done.IsSet ? span.Done.Time : End);
        if (isTls && TlsValues.Of(connection) is { } tls) WriteTls(tls, span.Done.IsSet);
        var hasFailed = !span.Done.IsSet && diagnosed.IsFailed;
        EndSpan(hasFailed, connection.Outcome.Class.Name, isTls ? () => WriteAlerts(facts) : null);
    }

    private void WriteTls(TlsValues tls, bool isDone)
    {
        var version = tls.Version?.Split(' ');
        OtlpJson.Attribute(json, "tls.protocol.name", version is [var name, ..] ? name.ToLowerInvariant() : null);
        OtlpJson.Attribute(json, "tls.protocol.version", version is [_, var number, ..] ? number : null);
        OtlpJson.Attribute(json, "tls.cipher", tls.CipherSuite);
        OtlpJson.Attribute(json, "tls.curve", tls.Group);
        OtlpJson.Attribute(json, "tls.next_protocol", tls.Alpn);
        OtlpJson.Attribute(json, "tls.established", isDone);
        if (tls.Resumed is { } resumed) OtlpJson.Attribute(json, "tls.resumed", resumed != "no");
        OtlpJson.Attribute(json, "h2m.tls.sni", tls.ServerName);
    }

    private void WriteAlerts(ProtocolFacts facts)
    {
        if (connection.Flow is not { } flow) return;
        using var tls = TlsValues.JsonOf(facts, flow);
        foreach (var alert in tls.RootElement.GetProperty("alerts").EnumerateArray())
        {
            var (first, last) = (alert.GetProperty("frame").GetInt64(), alert.GetProperty("last_frame").GetInt64());
            if (facts.Steps.FirstOrDefault(s => s.First.Frame == first && s.Last.Frame == last && s.Title.Contains("lert", StringComparison.Ordinal)) is not { } step) continue;
            json.WriteStartObject();
            json.WriteString("name"u8, "tls.alert"u8);
            OtlpJson.Time(json, "timeUnixNano", step.Last.Time);
            json.WriteStartArray("attributes"u8);
            OtlpJson.Attribute(json, "h2m.alert.description", alert.GetProperty("description").GetString());
            OtlpJson.Attribute(json, "h2m.alert.level", alert.GetProperty("level").GetString());
            OtlpJson.Attribute(json, "h2m.alert.from", alert.GetProperty("from").GetString());
            OtlpJson.Attribute(json, "h2m.frame", first);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>The first request and its response.</summary>
    private void WriteExchange(ProtocolFacts facts)
    {
        if (connection.Flow is not { } flow || facts.Steps is not [var request, ..] || flow.SideOf(request.From) != Side.Client) return;
        using var http = TlsValues.JsonOf(facts, flow);
        var answer = facts.Steps.FirstOrDefault(s => flow.SideOf(s.From) == Side.Server);
        var words = http.RootElement.GetProperty("request").GetString()?.Split(' ');
        BeginSpan(words is [{ Length: > 0 } method, ..] ? method : "request", request.First.Time, (answer ?? request).Last.Time);
        OtlpJson.Attribute(json, "http.request.method", words is [{ Length: > 0 } verb, ..] ? verb : null);
        OtlpJson.Attribute(json, "url.path", words is [_, var path, ..] ? path.Split('?')[0] : null);
        OtlpJson.Attribute(json, "http.response.status_code", http.RootElement.GetProperty("response").GetString()?.Split(' ') is [_, var code, ..] && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null);
        EndSpan(hasFailed: false, "");
    }

    private Timestamp End => connection.Timing.End is { } end && end >= connection.First.Time ? end : connection.Last.Time;

    private void BeginSpan(string name, Timestamp start, Timestamp end, bool isRoot = false)
    {
        json.WriteStartObject();
        json.WriteString("traceId"u8, Convert.ToHexStringLower(trace));
        json.WriteString("spanId"u8, SpanId(spans++));
        if (!isRoot) json.WriteString("parentSpanId"u8, SpanId(0));
        json.WriteString("name"u8, name);
        json.WriteNumber("kind"u8, Client);
        OtlpJson.Time(json, "startTimeUnixNano", start);
        OtlpJson.Time(json, "endTimeUnixNano", end >= start ? end : start);
        json.WriteStartArray("attributes"u8);
    }

    private void EndSpan(bool hasFailed, string message, Action? events = null)
    {
        json.WriteEndArray();
        if (events is not null)
        {
            json.WriteStartArray("events"u8);
            events();
            json.WriteEndArray();
        }

        json.WriteStartObject("status"u8);
        if (hasFailed)
        {
            json.WriteString("message"u8, message);
            json.WriteNumber("code"u8, Error);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string SpanId(int number) => Convert.ToHexStringLower(SHA256.HashData([.. trace, (byte)(number >> 8), (byte)number])[..8]);

    /// <summary>The attribute that holds the number of the connection in the list.</summary>
    public const string NumberKey = "h2m.connection";

    // SpanKind and StatusCode of opentelemetry/proto/trace/v1/trace.proto.
    private const int Client = 3;
    private const int Error = 2;
}
