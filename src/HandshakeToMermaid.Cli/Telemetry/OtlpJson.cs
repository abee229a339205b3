using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Telemetry;

/// <summary>
/// Members of the JSON encoding of OTLP 1.x: proto3's JSON mapping, with 64-bit integers as strings, enumerations as numbers, and identifiers of traces and spans in
/// hexadecimal (OpenTelemetry Protocol, "JSON Protobuf Encoding").
/// </summary>
internal static class OtlpJson
{
    public static void Attribute(Utf8JsonWriter json, string key, string? value)
    {
        if (value is null) return;
        Begin(json, key);
        json.WriteString("stringValue"u8, value);
        End(json);
    }

    public static void Attribute(Utf8JsonWriter json, string key, long? value)
    {
        if (value is not { } known) return;
        Begin(json, key);
        json.WriteString("intValue"u8, known.ToString(CultureInfo.InvariantCulture));
        End(json);
    }

    public static void Attribute(Utf8JsonWriter json, string key, bool value)
    {
        Begin(json, key);
        json.WriteBoolean("boolValue"u8, value);
        End(json);
    }

    public static void Attribute(Utf8JsonWriter json, string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        Begin(json, key);
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("stringValue"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        End(json);
    }

    public static void Time(Utf8JsonWriter json, string name, Timestamp time) => json.WriteString(name, Math.Max(0, time.Nanoseconds).ToString(CultureInfo.InvariantCulture));

    private static void Begin(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
