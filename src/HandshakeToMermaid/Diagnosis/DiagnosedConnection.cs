using HandshakeToMermaid.Correlation;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>A connection and what was found about it, the root cause first.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Findings">The findings, the leading one first.</param>
internal sealed record DiagnosedConnection(Connection Connection, IReadOnlyList<Finding> Findings)
{
    private IReadOnlyList<Check>? checks;

    /// <summary>
    /// What was looked at besides: checks that passed, and what was not checked. Computed on first use, on the thread
    /// that judged the connection.
    /// </summary>
    public IReadOnlyList<Check> Checks => checks ??= [.. Inspections.SelectMany(i => i.Inspect(Connection))];

    /// <summary>Who looks.</summary>
    internal IReadOnlyList<IInspection> Inspections { get; init; } = [];

    /// <summary>
    /// True where a finding is an error, or where the connection failed. One that was merely opened and closed (a health
    /// check) ended early, but nothing went wrong: its finding says so.
    /// </summary>
    public bool IsFailed
    {
        get
        {
            var isExcused = false;
            foreach (var finding in Findings)
            {
                if (finding.Severity == Severity.Error) return true;
                isExcused |= finding.ExcusesEnd;
            }

            return Connection.Outcome.IsFailure && !isExcused;
        }
    }
}
