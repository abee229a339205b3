using System.Text.Json;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>All results as one JSON object.</summary>
internal sealed class JsonReport : ICheckReport
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public void Write(CheckRun run, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: true)))
        {
            json.WriteStartObject();
            json.WriteString("schema"u8, "handshake-to-mermaid-check/1"u8);
            json.WriteNumber("connections"u8, run.Connections.Count);
            json.WriteNumber("passed"u8, run.Count(AssertionVerdict.Passed));
            json.WriteNumber("failed"u8, run.Count(AssertionVerdict.Failed));
            json.WriteNumber("undecided"u8, run.Count(AssertionVerdict.Undecided));
            json.WriteStartArray("results"u8);
            foreach (var connection in run.Connections)
            {
                foreach (var result in connection.Results) Write(json, connection, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, CheckedConnection connection, CheckedAssertion one)
    {
        json.WriteStartObject();
        json.WriteNumber("connection"u8, connection.Number);
        json.WriteString("capture"u8, connection.Capture);
        json.WriteString("server"u8, connection.Server);
        json.WriteString("rule"u8, one.Rule.Name);
        json.WriteString("assertion"u8, one.Assertion.Name);
        json.WriteString("verdict"u8, one.Result.Verdict switch { AssertionVerdict.Passed => "passed"u8, AssertionVerdict.Failed => "failed"u8, _ => "undecided"u8 });
        json.WriteString("expected"u8, one.Assertion.Expected);
        json.WriteString("found"u8, one.Result.Found);
        if (one.Result.Frame is { } frame) json.WriteNumber("frame"u8, frame);
        else json.WriteNull("frame"u8);
        json.WriteEndObject();
    }
}
