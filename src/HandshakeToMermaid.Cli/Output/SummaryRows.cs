using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Summaries;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Instead of a row for each connection a few lines about all of them, as text or as one JSON object.</summary>
internal sealed class SummaryRows(Stream stream, ConnectionsSummary summary, bool asJson) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection connection) => ConnectionsSummary.EntryOf(connection);

    /// <inheritdoc/>
    public string TextOf(object row) => row is SummaryEntry entry ? $"{entry.Server} {entry.Title} {entry.Version}" : "";

    /// <inheritdoc/>
    public void Write(int number, object row) => summary.Add(number, (SummaryEntry)row);

    /// <inheritdoc/>
    public void Flush()
    {
        if (summary.Connections == 0) return;
        if (asJson) WriteJson();
        else WriteText();
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void WriteText()
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"{Quantities.Count(summary.Connections, "connection", "connections")} from {Moment(summary.First)} to {Moment(summary.Last)} UTC: {Outcomes(summary)}");
        foreach (var cause in summary.Causes.Take(MaxCauses)) writer.WriteLine($"{cause.Count,7}  {cause.Name}: {VisibleText.Of(cause.Title)} (No. {cause.Example})");
        if (summary.Causes.Count > MaxCauses) writer.WriteLine($"{summary.Causes.Skip(MaxCauses).Sum(c => c.Count),7}  {summary.Causes.Count - MaxCauses} other causes");
        writer.WriteLine($"Handshakes: {string.Join(", ", summary.Versions.Select(v => $"{v.Name} {v.Count}"))}");
        if (summary.Slowest.Count > 0) writer.WriteLine($"Slowest: {string.Join(", ", summary.Slowest.Select(s => $"{s.Phase} {Quantities.Text(s.Length)} (No. {s.Number} to {VisibleText.Of(s.Server)})"))}");
    }

    private void WriteJson()
    {
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: false)))
        {
            json.WriteStartObject();
            json.WriteString("schema"u8, "handshake-to-mermaid-summary/1"u8);
            json.WriteString("first"u8, summary.First?.ToString());
            json.WriteString("last"u8, summary.Last?.ToString());
            json.WriteNumber("connections"u8, summary.Connections);
            json.WriteNumber("established"u8, summary.Established);
            json.WriteNumber("failed"u8, summary.Failed);
            json.WriteStartArray("causes"u8);
            foreach (var cause in summary.Causes)
            {
                json.WriteStartObject();
                json.WriteString("cause"u8, cause.Name);
                json.WriteString("title"u8, cause.Title);
                json.WriteNumber("count"u8, cause.Count);
                json.WriteNumber("example"u8, cause.Example);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("handshakes"u8);
            foreach (var version in summary.Versions)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, version.Name);
                json.WriteNumber("count"u8, version.Count);
                json.WriteNumber("example"u8, version.Example);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("slowest"u8);
            foreach (var slow in summary.Slowest)
            {
                json.WriteStartObject();
                json.WriteString("phase"u8, slow.Phase);
                json.WriteNumber("ms"u8, slow.Length.Nanoseconds / 1_000_000m);
                json.WriteNumber("connection"u8, slow.Number);
                json.WriteString("server"u8, slow.Server);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>How connections ended, counted: "3 established, 1 failed".</summary>
    public static string Outcomes(ConnectionsSummary summary)
    {
        var rest = summary.Connections - summary.Established - summary.Failed;
        List<string> parts = [];
        if (summary.Established > 0) parts.Add($"{summary.Established} established");
        if (summary.Failed > 0) parts.Add($"{summary.Failed} failed");
        if (rest > 0) parts.Add($"{rest} neither");
        return string.Join(", ", parts);
    }

    private static string? Moment(Timestamp? time) => time?.ToString()[..19].Replace('T', ' ');

    /// <summary>With the other lines ten at most.</summary>
    private const int MaxCauses = 6;
}
