using System.Text.Json;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>The comparison of two captures as JSON, schema "handshake-to-mermaid/comparison/1".</summary>
internal static class ComparisonJson
{
    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, CaptureComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("schema"u8, "handshake-to-mermaid/comparison/1"u8);
        json.WriteBoolean("same"u8, comparison.IsSame);
        json.WriteStartArray("pairs"u8);
        foreach (var pair in comparison.Pairs) WritePair(json, pair);
        json.WriteEndArray();
        json.WriteStartArray("unpaired"u8);
        foreach (var single in comparison.Unpaired) WriteConnection(json, single);
        json.WriteEndArray();
        WriteTexts(json, "remarks", comparison.Remarks);
        json.WriteEndObject();
    }

    private static void WritePair(Utf8JsonWriter json, ConnectionComparison pair)
    {
        json.WriteStartObject();
        json.WritePropertyName("good"u8);
        WriteConnection(json, pair.Good);
        json.WritePropertyName("bad"u8);
        WriteConnection(json, pair.Bad);
        json.WriteBoolean("same"u8, pair.IsSame);
        json.WritePropertyName("first_difference"u8);
        if (pair.First is { } first) WriteDifference(json, first);
        else json.WriteNullValue();
        json.WriteStartArray("differences"u8);
        foreach (var difference in pair.Differences) WriteDifference(json, difference);
        json.WriteEndArray();
        WriteTexts(json, "remarks", pair.Remarks);
        json.WriteEndObject();
    }

    private static void WriteConnection(Utf8JsonWriter json, DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        json.WriteStartObject();
        json.WriteString("capture"u8, connection.Capture);
        json.WriteNumber("id"u8, connection.Id);
        json.WriteString("server"u8, Headline.Server(connection));
        json.WriteString("outcome"u8, connection.Outcome.Class.Name);
        WriteTexts(json, "findings", [.. diagnosed.Findings.Select(f => f.Code)]);
        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, Difference difference)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, difference.Kind switch
        {
            DifferenceKind.Value => "value",
            DifferenceKind.Order => "order",
            DifferenceKind.Replaced => "replaced",
            DifferenceKind.OnlyGood => "only_good",
            DifferenceKind.OnlyBad => "only_bad",
            DifferenceKind.Time => "time",
            _ => "outcome",
        });
        json.WriteString("step"u8, difference.Place);
        json.WriteString("from"u8, difference.From switch { Side.Client => "client", Side.Server => "server", _ => null });
        json.WriteString("field"u8, difference.Field.Length > 0 ? difference.Field : null);
        WriteTexts(json, "good", difference.Good);
        WriteTexts(json, "bad", difference.Bad);
        WriteFrame(json, "good_frame", difference.InGood?.First.Frame);
        WriteFrame(json, "bad_frame", difference.InBad?.First.Frame);
        json.WriteString("probably"u8, difference.Meaning);
        json.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter json, string key, long? frame)
    {
        if (frame is { } known) json.WriteNumber(key, known);
        else json.WriteNull(key);
    }

    private static void WriteTexts(Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
