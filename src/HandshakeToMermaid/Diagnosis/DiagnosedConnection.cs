using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>A connection and what was found about it, the root cause first.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Findings">The findings, the leading one first.</param>
public sealed record DiagnosedConnection(Connection Connection, IReadOnlyList<Finding> Findings)
{
    /// <summary>True where it failed or a finding is an error.</summary>
    public bool IsFailed => Connection.Outcome.IsFailure || (Findings.Count > 0 && Findings[0].Severity == Severity.Error);
}
