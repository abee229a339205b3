using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Asks every rule about a connection and puts the root cause first.</summary>
public sealed class Diagnostician(IReadOnlyList<IRule> rules)
{
    /// <summary>Judges one connection. Findings are ordered by severity; within one severity by the order of the rule catalog, which lists causes before symptoms.</summary>
    public DiagnosedConnection Judge(Connection connection)
    {
        List<Finding>? findings = null;
        foreach (var rule in rules)
        {
            foreach (var finding in rule.Examine(connection)) (findings ??= []).Add(finding);
        }
        return new DiagnosedConnection(connection, findings is null ? [] : [.. findings.OrderBy(f => f.Severity)]);
    }
}
