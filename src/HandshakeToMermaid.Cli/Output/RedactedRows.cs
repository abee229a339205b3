using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Rows with pseudonyms, each searched for originals before it is written.</summary>
internal sealed class RedactedRows(IRowWriter rows, ProductRedaction redaction) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection connection)
    {
        var (redacted, search) = redaction.ForRow(connection);
        var row = rows.RowOf(redacted);
        redaction.Check(rows.TextOf(row), search);
        return row;
    }

    /// <inheritdoc/>
    public string TextOf(object row) => rows.TextOf(row);

    /// <inheritdoc/>
    public void Write(int number, object row) => rows.Write(number, row);

    /// <inheritdoc/>
    public void Flush() => rows.Flush();

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
