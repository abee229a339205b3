using System.Text.Json;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>The connections' facts as a JSON array.</summary>
internal sealed class JsonOutput : IDiagramOutput
{
    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".json"];

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request)
    {
        return new RenderResult([stream => Write(stream, comparison)], []);

        static void Write(Stream stream, CaptureComparison comparison)
        {
            using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: true))) ComparisonJson.Write(json, comparison);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <inheritdoc/>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request) => new([stream => Write(stream, connections, request.IsDrawable)], []);

    private static void Write(Stream stream, IReadOnlyList<DiagnosedConnection> connections, bool isDrawable)
    {
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: true)))
        {
            json.WriteStartArray();
            foreach (var connection in connections)
            {
                ConnectionJson.Write(json, connection, isDrawable);
                if (json.BytesPending > FlushAt) json.Flush();
            }
            json.WriteEndArray();
        }
        stream.WriteByte((byte)'\n');
    }

    private const int FlushAt = 64 * 1024;
}
