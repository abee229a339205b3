using System.Text;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// A table whose rows appear as they are found, so that a capture of any size is listed in constant memory: widths are
/// fixed, only the last column runs free.
/// </summary>
internal sealed class TableRows(Stream stream, bool isColoured) : IRowWriter
{
    public void Write(DiagnosedConnection diagnosed)
    {
        if (!hasHeader)
        {
            hasHeader = true;
            Line("#", "TIME", "CLIENT", "SERVER", "HANDSHAKE", "TOOK", "OUTCOME", null);
        }
        var connection = diagnosed.Connection;
        Line(
            connection.Id.ToString(),
            connection.First.Time.ToString()[11..^1],
            connection.Client.Endpoint?.ToString() ?? "",
            Server(connection),
            Handshake(connection),
            connection.Timing.Total is { } total ? Quantities.Text(total) : "",
            Outcome(diagnosed),
            diagnosed.IsFailed ? Red : diagnosed.Findings.Any(f => f.Severity == Severity.Warning) ? Yellow : null);
    }

    public void Flush() => writer.Flush();

    public void Dispose() => writer.Dispose();

    private static string Server(Connection connection)
    {
        var name = connection.Server.Name is { } known ? TextWidth.Shorten(VisibleText.Of(known), 32) : null;
        if (connection.Server.Endpoint is not { } end) return name ?? "";
        return name is null ? end.ToString() : $"{name}:{end.Port}";
    }

    private static string Handshake(Connection connection)
    {
        var span = connection.Facts.Select(f => f.Span).LastOrDefault(s => s?.Phase is Phase.Tls or Phase.Tcp);
        return span is null ? "DNS" : string.Join(' ', span.Marks.Prepend(span.Title));
    }

    private static string Outcome(DiagnosedConnection diagnosed)
    {
        var outcome = OutcomeText.Name(diagnosed.Connection.Outcome.Class);
        var mark = diagnosed.IsFailed ? "✗ " : "";
        return diagnosed.Findings is [var leading, ..] && leading.Severity != Severity.Info
            ? $"{mark}{outcome}: {VisibleText.Of(leading.Title)}"
            : $"{mark}{outcome}";
    }

    private void Line(string number, string time, string client, string server, string handshake, string took, string outcome, string? colour)
    {
        var row = $"{number,5}  {time,-15}  {client,-24}  {server,-36}  {handshake,-18}  {took,9}  ";
        writer.Write(row);
        writer.WriteLine(isColoured && colour is not null ? $"{colour}{outcome}{Reset}" : outcome);
        if (isColoured) writer.Flush();
    }

    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Reset = "\e[0m";

    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024) { NewLine = "\n" };
    private bool hasHeader;
}
