using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// Comma-separated values (RFC 4180, with LF) for spreadsheets: a line of names, then one per connection. What is not known is empty. Text that a spreadsheet would
/// take for a formula has an apostrophe before it.
/// </summary>
internal sealed class CsvRows(Stream stream) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var tls = TlsValues.Of(connection);
        var leading = diagnosed.Findings is [var first, ..] ? first : null;
        var timing = connection.Timing;
        return string.Join(',',
        [
            connection.First.Time.ToString(),
            Field(connection.Transport),
            Field(connection.Client.Endpoint?.Address.ToString()),
            Number(connection.Client.Endpoint?.Port),
            Field(connection.Server.Endpoint?.Address.ToString()),
            Number(connection.Server.Endpoint?.Port),
            Field(connection.Server.Name),
            Field(connection.Handshake?.Title),
            Field(tls?.CipherSuite),
            Field(tls?.Group),
            Field(tls?.ServerName),
            Field(tls?.Alpn),
            Field(connection.Outcome.Class.Name),
            diagnosed.IsFailed ? "true" : "false",
            Field(leading?.Code),
            Field(leading?.Title),
            Milliseconds(timing.Dns),
            Milliseconds(timing.Tcp),
            Milliseconds(timing.Tls),
            Milliseconds(timing.Total),
            Number(connection.First.Frame),
            Number(connection.Last.Frame),
            Field(connection.Capture),
        ]);
    }

    /// <inheritdoc/>
    public string TextOf(object row) => (string)row;

    /// <inheritdoc/>
    public void Write(int number, object row)
    {
        if (!hasHeader) writer.WriteLine(Header);
        hasHeader = true;
        writer.Write(number);
        writer.Write(',');
        writer.WriteLine((string)row);
    }

    /// <inheritdoc/>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static string Field(string? text)
    {
        if (text is null) return "";
        var shown = VisibleText.Of(text);
        if (shown.Length > 0 && shown[0] is '=' or '+' or '-' or '@') shown = '\'' + shown;
        return shown.AsSpan().ContainsAny(",\"\r\n") ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Milliseconds(Duration? duration) => duration is { } known ? (known.Nanoseconds / 1_000_000m).ToString(CultureInfo.InvariantCulture) : "";

    private const string Header =
        "id,start,protocol,client_address,client_port,server_address,server_port,server_name,handshake,cipher_suite,group,sni,alpn,outcome,failed,finding,title,dns_ms,tcp_ms,tls_ms,total_ms,first_frame,last_frame,capture";

    private readonly StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024) { NewLine = "\n" };
    private bool hasHeader;
}
