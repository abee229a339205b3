using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Pipeline;

/// <summary>What a row says of a connection; where it changes, the row is reported again.</summary>
/// <param name="Outcome">How the connection turned out.</param>
/// <param name="IsFailed">True where that is a failure.</param>
/// <param name="LeadingCode">The code of the first finding that is more than a remark; null where there is none.</param>
internal readonly record struct WatchVerdict(OutcomeClass Outcome, bool IsFailed, string? LeadingCode)
{
    /// <summary>The verdict on a connection that was judged.</summary>
    public static WatchVerdict Of(DiagnosedConnection connection)
        => new(connection.Connection.Outcome.Class, connection.IsFailed, connection.Findings.FirstOrDefault(f => f.Severity != Severity.Info)?.Code);
}
