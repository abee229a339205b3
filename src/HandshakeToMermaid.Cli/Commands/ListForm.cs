using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Summaries;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary>In which form connections are listed.</summary>
/// <param name="IsJson">True for JSON.</param>
/// <param name="IsCsv">True for comma-separated values.</param>
/// <param name="IsDrawable">True where rows of JSON hold what diagrams can be drawn from.</param>
/// <param name="IsSummary">True for counts over all connections instead of rows.</param>
internal sealed record ListForm(bool IsJson, bool IsCsv, bool IsDrawable, bool IsSummary)
{
    /// <summary>True where each row holds what the check of every signature says.</summary>
    public bool ChecksEverySignature => IsJson && !IsSummary;

    /// <summary>True where a line below the rows says how connections ended.</summary>
    public bool HasFooter => !IsJson && !IsCsv && !IsSummary;

    /// <summary>Writes connections to standard output.</summary>
    /// <param name="counts">Counts them, for a summary or a footer.</param>
    public IRowWriter Writer(ConnectionsSummary counts)
    {
        var output = new StandardOutput();
        if (IsSummary) return new SummaryRows(output, counts, IsJson);
        if (IsJson) return new JsonRows(output, IsDrawable);
        return IsCsv ? new CsvRows(output) : new CountedRows(new TableRows(output, !Console.IsOutputRedirected), counts);
    }
}
