using System.Buffers;
using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Redaction;

/// <summary>The facts of a protocol with pseudonyms in its steps and its JSON.</summary>
internal sealed class RedactedFacts(ProtocolFacts inner, ConnectionRedaction redaction) : ProtocolFacts
{
    private IReadOnlyList<Step>? steps;

    /// <inheritdoc/>
    public override string JsonKey => inner.JsonKey;

    /// <inheritdoc/>
    public override string? Wrapper => inner.Wrapper;

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps ??= [.. inner.Steps.Select(redaction.Of)];

    /// <inheritdoc/>
    public override Direction? ClientDirection => inner.ClientDirection;

    /// <inheritdoc/>
    public override string? ServerName => redaction.Field(inner.ServerName);

    /// <inheritdoc/>
    public override ServerBehind? Behind => inner.Behind is { } behind ? behind with { Host = redaction.Field(behind.Host) } : null;

    /// <inheritdoc/>
    public override PhaseSpan? Span => inner.Span is { } span ? span with { Start = redaction.Of(span.Start), Done = redaction.Of(span.Done) } : null;

    /// <inheritdoc/>
    public override string? EncryptedFrom => inner.EncryptedFrom;

    /// <inheritdoc/>
    public override (int Forward, int Reverse) Retransmissions => inner.Retransmissions;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => [.. inner.Unparsed.Select(redaction.Of)];

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow) => inner.Judge(flow);

    /// <inheritdoc/>
    public override string? VerdictOn(Outcome outcome) => inner.VerdictOn(outcome) is { } verdict ? redaction.Text(verdict) : null;

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var own = new Utf8JsonWriter(text))
        {
            own.WriteStartObject();
            inner.WriteJson(own, flow);
            own.WriteEndObject();
        }

        using var parsed = JsonDocument.Parse(text.WrittenMemory);
        foreach (var member in parsed.RootElement.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Name, member.Value);
        }
    }

    private void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Name, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, name, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(JsonFields.HoldValues(name) ? redaction.Field(value.GetString()) : redaction.Text(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
