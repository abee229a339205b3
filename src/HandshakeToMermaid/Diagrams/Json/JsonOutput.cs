using System.Text.Encodings.Web;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>The connections' facts as a JSON array.</summary>
public sealed class JsonOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".json"];

    /// <inheritdoc/>
    public Rendition Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request) => new([stream => Write(stream, connections)], []);

    private static void Write(Stream stream, IReadOnlyList<DiagnosedConnection> connections)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartArray();
            foreach (var connection in connections)
            {
                ConnectionJson.Write(json, connection);
                if (json.BytesPending > FlushAt) json.Flush();
            }
            json.WriteEndArray();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The output is JSON for programs, not for a web page: letters stay letters.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    private const int FlushAt = 64 * 1024;
}
