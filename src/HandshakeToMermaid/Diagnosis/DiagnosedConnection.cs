using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>A connection and what was found about it, the root cause first.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Findings">The findings, the leading one first.</param>
public sealed record DiagnosedConnection(Connection Connection, IReadOnlyList<Finding> Findings)
{
    /// <summary>What was looked at besides, for the closing line: checks that passed, and what was not checked.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>
    /// True where a finding is an error, or where the connection failed. One that was merely opened and closed (a health
    /// check) ended early, but nothing went wrong: its finding says so.
    /// </summary>
    public bool IsFailed => Findings.Any(f => f.Severity == Severity.Error) || (Connection.Outcome.IsFailure && !Findings.Any(f => f.ExcusesEnd));
}
