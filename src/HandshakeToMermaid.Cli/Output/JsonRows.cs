using System.Buffers;
using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>One JSON object per line.</summary>
internal sealed class JsonRows(Stream stream, bool isDrawable = false) : IRowWriter
{
    public object RowOf(DiagnosedConnection connection)
    {
        // Written ahead of its turn, since the text is smaller than the connection; the number follows.
        var (text, json) = scratch.Value;
        text.ResetWrittenCount();
        json.Reset(text);
        ConnectionJson.Write(json, connection, isDrawable);
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    public string TextOf(object row) => Encoding.UTF8.GetString((byte[])row);

    public void Write(int number, object row)
    {
        var text = ((byte[])row).AsSpan();
        var at = text.IndexOf(ConnectionJson.NoNumber) + ConnectionJson.NoNumber.Length - 1;
        Span<byte> digits = stackalloc byte[16];
        number.TryFormat(digits, out var length);
        buffered.Write(text[..at]);
        buffered.Write(digits[..length]);
        buffered.Write(text[(at + 1)..]);
        buffered.WriteByte((byte)'\n');
    }

    public void Flush() => buffered.Flush();

    public void Dispose()
    {
        scratch.Dispose();
        buffered.Dispose();
    }

    private readonly BufferedStream buffered = new(stream, 64 * 1024);

    /// <summary>A writer for each thread that makes rows.</summary>
    private readonly ThreadLocal<(ArrayBufferWriter<byte> Text, Utf8JsonWriter Json)> scratch = new(static () =>
    {
        var text = new ArrayBufferWriter<byte>(4096);
        return (text, new Utf8JsonWriter(text, VisibleJsonEncoder.Options(isIndented: false)));
    });
}
