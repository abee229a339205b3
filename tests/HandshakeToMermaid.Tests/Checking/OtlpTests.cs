using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Cli.Telemetry;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Samples;

namespace HandshakeToMermaid.Tests.Checking;

/// <summary>Connections as traces of OpenTelemetry.</summary>
public sealed class OtlpTests
{
    public static TheoryData<string> Samples => SamplesTests.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_traces_of_a_sample_are_as_the_protocol_says(string name)
    {
        var schema = File.ReadAllText(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Checking", "Schemas", "otlp.schema.json"));
        foreach (var connection in Reading.OfSample(name))
        {
            using var trace = Trace(connection);
            Assert.Equal([], JsonSchemaCheck.Faults(schema, $"{{\"resourceSpans\":[{trace.RootElement.GetRawText()}]}}"));
            var spans = Spans(trace);
            Assert.Single(spans.Select(s => s.GetProperty("traceId").GetString()).Distinct());
            Assert.Equal(spans.Count, spans.Select(s => s.GetProperty("spanId").GetString()).Distinct().Count());
            Assert.All(spans.Skip(1), s => Assert.Equal(spans[0].GetProperty("spanId").GetString(), s.GetProperty("parentSpanId").GetString()));
            Assert.All(spans, s => Assert.True(Time(s, "startTimeUnixNano") <= Time(s, "endTimeUnixNano")));
            Assert.Equal(connection.IsFailed, spans[0].GetProperty("status").TryGetProperty("code", out _));
        }
    }

    [Fact]
    public void A_handshake_has_spans_for_its_phases_and_the_first_exchange()
    {
        using var trace = Trace(Assert.Single(Reading.OfSample("http2")));
        var spans = Spans(trace);
        Assert.Equal(["connect www.example.com", "DNS A", "DNS AAAA", "TCP", "TLS 1.3", "GET"], spans.Select(s => s.GetProperty("name").GetString()));
        Assert.Equal("h2", Value(spans[4], "tls.next_protocol"));
        Assert.Equal("1.3", Value(spans[4], "tls.protocol.version"));
        Assert.Equal("200", Value(spans[5], "http.response.status_code"));
        var start = Time(spans[0], "startTimeUnixNano");
        Assert.Equal([.. spans.Select(s => Time(s, "startTimeUnixNano")).Order()], spans.Select(s => Time(s, "startTimeUnixNano")));
        Assert.InRange(Time(spans[4], "endTimeUnixNano") - start, 64_000_000, 65_000_000);
    }

    [Fact]
    public void An_alert_is_an_event_and_a_failure_a_status()
    {
        using var trace = Trace(Assert.Single(Reading.OfSample("expired-certificate")));
        var spans = Spans(trace);
        Assert.Equal("The certificate has expired", spans[0].GetProperty("status").GetProperty("message").GetString());
        Assert.Equal("certificate-expired", Value(spans[0], "error.type"));
        var alert = Assert.Single(spans.Single(s => s.GetProperty("name").GetString() == "TLS 1.2").GetProperty("events").EnumerateArray());
        Assert.Equal(("certificate_expired", "client"), (Value(alert, "h2m.alert.description"), Value(alert, "h2m.alert.from")));
    }

    [Fact]
    public void The_same_capture_gives_the_same_identifiers()
    {
        using var one = Trace(Reading.OfSample("two-visits")[0]);
        using var again = Trace(Reading.OfSample("two-visits")[0]);
        using var other = Trace(Reading.OfSample("two-visits")[1]);
        Assert.Equal(one.RootElement.GetRawText(), again.RootElement.GetRawText());
        Assert.NotEqual(Spans(one)[0].GetProperty("traceId").GetString(), Spans(other)[0].GetProperty("traceId").GetString());
    }

    private static JsonDocument Trace(DiagnosedConnection connection)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory)) OtlpTrace.Write(json, connection);
        return JsonDocument.Parse(Encoding.UTF8.GetString(memory.ToArray()));
    }

    private static List<JsonElement> Spans(JsonDocument trace) => [.. trace.RootElement.GetProperty("scopeSpans")[0].GetProperty("spans").EnumerateArray()];

    private static long Time(JsonElement span, string name) => long.Parse(span.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Value(JsonElement holder, string key)
        => holder.GetProperty("attributes").EnumerateArray().Single(a => a.GetProperty("key").GetString() == key).GetProperty("value").EnumerateObject().Single().Value.GetString();
}
