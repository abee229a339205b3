using System.Text.Json.Nodes;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Samples;

namespace HandshakeToMermaid.Tests.Checking;

/// <summary>The JSON of connections is what <c>h2m schema</c> says.</summary>
public sealed class ConnectionSchemaTests
{
    public static TheoryData<string> Samples => SamplesTests.Samples;

    internal static string Schema { get; } = File.ReadAllText(Checkout.PathOf("src", "HandshakeToMermaid.Cli", "Schemas", "connection.schema.json"));

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_JSON_of_a_sample_is_as_the_schema_says(string name) => AssertIsAsTheSchemaSays(Reading.OfSample(name));

    [Fact]
    public void The_JSON_of_a_connection_between_link_layer_addresses_is_as_the_schema_says() =>
        AssertIsAsTheSchemaSays(Reading.Of(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", "eapol-two.pcap")));

    private static void AssertIsAsTheSchemaSays(List<DiagnosedConnection> connections)
    {
        foreach (var json in connections.Select(TextOf))
        {
            Assert.Equal([], JsonSchemaCheck.Faults(Schema, json));
            Assert.Equal([], Unnamed(JsonNode.Parse(json)!, JsonNode.Parse(Schema)!, "$"));
        }
    }

    [Theory]
    [InlineData("\"severity\":\"error\"", "\"severity\":\"fatal\"")]
    [InlineData("\"first_frame\":1,", "")]
    [InlineData("\"first_frame\":1,", "\"first_frame\":0,")]
    [InlineData("\"port\":443", "\"port\":\"443\"")]
    [InlineData("handshake-to-mermaid/1", "handshake-to-mermaid/2")]
    public void What_is_not_as_the_schema_says_is_found(string text, string wrong)
    {
        var json = TextOf(Reading.OfSample("expired-certificate")[0]);
        Assert.Contains(text, json, StringComparison.Ordinal);
        Assert.NotEmpty(JsonSchemaCheck.Faults(Schema, json.Replace(text, wrong, StringComparison.Ordinal)));
    }

    /// <summary>Members that the schema does not name: it allows them, but ours are all described.</summary>
    private static IEnumerable<string> Unnamed(JsonNode value, JsonNode schema, string path)
    {
        if (schema["$ref"] is { } reference) schema = JsonNode.Parse(Schema)!["$defs"]![((string)reference!)["#/$defs/".Length..]]!;
        if (value is JsonArray items) return items.Where(i => i is not null).SelectMany(i => Unnamed(i!, schema["items"]!, $"{path}[]"));
        if (value is not JsonObject members) return [];
        return members.SelectMany(m => schema["properties"]?[m.Key] is not { } known ? [$"{path}.{m.Key}"] : m.Value is null ? [] : Unnamed(m.Value, known, $"{path}.{m.Key}"));
    }

    private static string TextOf(DiagnosedConnection connection)
    {
        using var memory = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(memory, VisibleJsonEncoder.Options(isIndented: false))) ConnectionJson.Write(json, connection, isDrawable: true);
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }
}
