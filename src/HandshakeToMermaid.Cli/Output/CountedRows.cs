using HandshakeToMermaid.Cli.Summaries;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Rows that are counted on their way, for the footer of the list.</summary>
internal sealed class CountedRows(IRowWriter rows, ConnectionsSummary summary) : IRowWriter
{
    /// <inheritdoc/>
    public object RowOf(DiagnosedConnection connection) => new Counted(rows.RowOf(connection), connection.Connection.Outcome.Class.Kind, connection.IsFailed);

    /// <inheritdoc/>
    public string TextOf(object row) => rows.TextOf(((Counted)row).Row);

    /// <inheritdoc/>
    public void Write(int number, object row)
    {
        var (inner, kind, isFailed) = (Counted)row;
        summary.Count(kind, isFailed);
        rows.Write(number, inner);
    }

    /// <inheritdoc/>
    public void Flush() => rows.Flush();

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    private sealed record Counted(object Row, OutcomeKind Kind, bool IsFailed);
}
