using System.Globalization;
using System.Text;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// A table whose rows appear as they are found, so that a capture of any size is listed in constant memory: widths are
/// fixed, only the last column runs free.
/// </summary>
internal sealed class TableRows(Stream stream, bool isColoured) : IRowWriter
{
    public object RowOf(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var outcome = Outcome(diagnosed);
        return Line(
            connection.First.Time.TimeOfDay,
            connection.Client.Endpoint?.ToString() ?? "",
            Server(connection),
            Handshake(connection),
            connection.Timing.Total is { } total ? Quantities.Text(total) : "",
            isColoured && ColourOf(diagnosed) is { } colour ? $"{colour}{outcome}{Reset}" : outcome);
    }

    public string TextOf(object row) => (string)row;

    public void Write(int number, object row)
    {
        if (!hasHeader)
        {
            hasHeader = true;
            writer.Write("    #  ");
            writer.WriteLine(Line("TIME", "CLIENT", "SERVER", "HANDSHAKE", "TOOK", "OUTCOME"));
        }

        Span<char> digits = stackalloc char[16];
        digits.Fill(' ');
        number.TryFormat(digits[NumberWidth..], out var length, default, CultureInfo.InvariantCulture);
        writer.Write(digits.Slice(Math.Min(length, NumberWidth), Math.Max(length, NumberWidth)));
        writer.Write("  ");
        writer.WriteLine((string)row);
        if (isColoured) writer.Flush();
    }

    public void Flush() => writer.Flush();

    public void Dispose() => writer.Dispose();

    private static string Server(Connection connection)
    {
        var name = connection.Server.Name is { } known ? TextWidth.Shorten(VisibleText.Of(known), 32) : null;
        if (connection.Behind is { Port: { } port } behind) return $"{name ?? TextWidth.Shorten(VisibleText.Of(behind.Host ?? ""), 32)}:{port}";
        if (connection.Server.Endpoint is not { } end) return name ?? "";
        return name is null ? end.ToString() : $"{name}:{end.Port}";
    }

    private static string Handshake(Connection connection)
    {
        if (connection.Handshake is not { } span) return connection.Transport.ToUpperInvariant();
        return span.Marks.Count == 0 ? span.Title : string.Join(' ', span.Marks.Prepend(span.Title));
    }

    private static string Outcome(DiagnosedConnection diagnosed)
    {
        var outcome = diagnosed.Connection.Outcome.Class.Name;
        var mark = diagnosed.IsFailed ? "✗ " : "";
        return diagnosed.Findings is [var leading, ..] && leading.Severity != Severity.Info
            ? $"{mark}{outcome}: {VisibleText.Of(leading.Title)}"
            : $"{mark}{outcome}";
    }

    private static string? ColourOf(DiagnosedConnection diagnosed)
    {
        if (!diagnosed.IsFailed && diagnosed.Findings.Count == 0) return null;
        return diagnosed.IsFailed ? Red : diagnosed.Findings.Any(f => f.Severity == Severity.Warning) ? Yellow : null;
    }

    private static string Line(string time, string client, string server, string handshake, string took, string outcome) =>
        $"{time,-15}  {client,-24}  {server,-36}  {handshake,-18}  {took,9}  {outcome}";

    private const int NumberWidth = 5;
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Reset = "\e[0m";

    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024) { NewLine = "\n" };
    private bool hasHeader;
}
