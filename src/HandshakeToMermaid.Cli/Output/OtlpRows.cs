using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Cli.Telemetry;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Writes each connection as a trace besides its row: one object of OTLP, so that the file can be posted to a collector as it is.</summary>
internal sealed class OtlpRows(IRowWriter rows, Stream traces) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection connection)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(text, VisibleJsonEncoder.Options(isIndented: false))) OtlpTrace.Write(json, connection);
        return new Both(rows.RowOf(connection), text.WrittenSpan.ToArray());
    }

    /// <inheritdoc/>
    public string TextOf(object row) => $"{rows.TextOf(((Both)row).Row)}\n{Encoding.UTF8.GetString(((Both)row).Trace)}";

    /// <inheritdoc/>
    public void Write(int number, object row)
    {
        var (inner, trace) = (Both)row;
        rows.Write(number, inner);
        traces.Write(hasBegun ? ",\n"u8 : "{\"resourceSpans\":[\n"u8);
        hasBegun = true;
        var at = trace.AsSpan().IndexOf(NoNumber) + NoNumber.Length - 2;
        traces.Write(trace.AsSpan(..at));
        traces.Write(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        traces.Write(trace.AsSpan(at + 1));
    }

    /// <inheritdoc/>
    public void Flush()
    {
        rows.Flush();
        traces.Write(hasBegun ? "\n]}\n"u8 : "{\"resourceSpans\":[]}\n"u8);
        traces.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    /// <summary>A text of the capture cannot hold these quotation marks unescaped.</summary>
    private static readonly byte[] NoNumber = Encoding.ASCII.GetBytes($"\"{OtlpTrace.NumberKey}\",\"value\":{{\"intValue\":\"0\"");

    private bool hasBegun;

    private sealed record Both(object Row, byte[] Trace);
}
