using System.Text.Encodings.Web;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>One JSON object per line.</summary>
internal sealed class JsonRows(Stream stream) : IRowWriter
{
    public object RowOf(DiagnosedConnection connection) => connection;

    public void Write(int number, object row)
    {
        var connection = (DiagnosedConnection)row;
        connection.Connection.Id = number;
        json.Reset(buffered);
        ConnectionJson.Write(json, connection);
        json.Flush();
        buffered.WriteByte((byte)'\n');
    }

    public void Flush() => buffered.Flush();

    public void Dispose()
    {
        json.Dispose();
        buffered.Dispose();
    }

    /// <summary>The output is JSON for programs, not for a web page: letters stay letters.</summary>
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream buffered = new(stream, 64 * 1024);
    private readonly Utf8JsonWriter json = new(Stream.Null, Options);
}
