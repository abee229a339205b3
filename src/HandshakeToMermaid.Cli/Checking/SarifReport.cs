using System.Text.Json;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>SARIF 2.1.0 (OASIS), as code scanning reads it: a result for each assertion that does not hold.</summary>
internal sealed class SarifReport : ICheckReport
{
    /// <inheritdoc/>
    public string Name => "sarif";

    /// <inheritdoc/>
    public void Write(CheckRun run, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: true)))
        {
            json.WriteStartObject();
            json.WriteString("$schema"u8, "https://json.schemastore.org/sarif-2.1.0.json"u8);
            json.WriteString("version"u8, "2.1.0"u8);
            json.WriteStartArray("runs"u8);
            json.WriteStartObject();
            WriteTool(json, run);

            json.WriteStartArray("results"u8);
            foreach (var connection in run.Connections)
            {
                foreach (var failed in connection.With(AssertionVerdict.Failed)) WriteResult(json, connection, failed);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter json, CheckRun run)
    {
        json.WriteStartObject("tool"u8);
        json.WriteStartObject("driver"u8);
        json.WriteString("name"u8, "h2m"u8);
        json.WriteStartArray("rules"u8);
        foreach (var (id, expected) in run.Rules.SelectMany(r => r.Assertions).Select(a => (a.Name, a.Expected)).DistinctBy(a => a.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteStartObject("shortDescription"u8);
            json.WriteString("text"u8, $"{id}: {expected}");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, CheckedConnection connection, CheckedAssertion failed)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, failed.Assertion.Name);
        json.WriteString("level"u8, "error"u8);
        json.WriteStartObject("message"u8);
        json.WriteString("text"u8, $"Connection {connection.Number} to {connection.Server}: {failed.Title}: {failed.Text}.");
        json.WriteEndObject();
        json.WriteStartArray("locations"u8);
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation"u8);
        json.WriteStartObject("artifactLocation"u8);
        json.WriteString("uri"u8, UriOf(connection.Capture));
        json.WriteEndObject();

        // A capture has no lines, but GitHub shows no result without one.
        json.WriteStartObject("region"u8);
        json.WriteNumber("startLine"u8, 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("properties"u8);
        json.WriteNumber("connection"u8, connection.Number);
        json.WriteString("found"u8, failed.Result.Found);
        json.WriteString("expected"u8, failed.Assertion.Expected);
        if (failed.Result.Frame is { } frame) json.WriteNumber("frame"u8, frame);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A path as a URI reference (RFC 3986): relative where the path is.</summary>
    private static string UriOf(string path)
    {
        if (Path.IsPathFullyQualified(path)) return new Uri(path).AbsoluteUri;
        return string.Join('/', path.Replace(Path.DirectorySeparatorChar, '/').Split('/').Select(Uri.EscapeDataString));
    }
}
