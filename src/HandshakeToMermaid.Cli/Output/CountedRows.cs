using HandshakeToMermaid.Cli.Summaries;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Rows that are counted on their way, for the footer of the list.</summary>
internal sealed class CountedRows(IRowWriter rows, ConnectionsSummary summary) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection connection) => (rows.RowOf(connection), ConnectionsSummary.EntryOf(connection));

    /// <inheritdoc/>
    public string TextOf(object row) => rows.TextOf((((object Row, SummaryEntry))row).Row);

    /// <inheritdoc/>
    public void Write(int number, object row)
    {
        var (inner, entry) = ((object, SummaryEntry))row;
        summary.Add(number, entry);
        rows.Write(number, inner);
    }

    /// <inheritdoc/>
    public void Flush() => rows.Flush();

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
