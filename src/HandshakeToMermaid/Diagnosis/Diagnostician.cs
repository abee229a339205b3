using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Asks every rule about a connection and puts the root cause first.</summary>
internal sealed class Diagnostician(IReadOnlyList<IRule> rules, IReadOnlyList<IInspection>? inspections = null)
{
    private readonly AskedRule[] all = [.. rules.Select(AskedRule.Of)];
    private readonly AskedRule[] ofEstablished = [.. rules.Where(rule => !rule.IsAboutFailure).Select(AskedRule.Of)];

    /// <summary>
    /// Judges one connection. What follows from another finding stands behind all that stand for themselves; then findings
    /// are ordered by severity, errors that are proved before those that are likely, and the rest by the order of the rule catalog,
    /// which lists causes before symptoms.
    /// </summary>
    public DiagnosedConnection Judge(Connection connection)
    {
        List<(Finding Finding, IRule Rule)>? found = null;
        foreach (var asked in connection.Outcome.IsCompleted ? ofEstablished : all)
        {
            if (asked.IsLastResort && found is not null && found.Exists(f => f.Finding.Severity == Severity.Error)) continue;
            if (asked.Examine(connection) is { } finding) (found ??= []).Add((finding, asked.Rule));
        }

        return new DiagnosedConnection(connection, found is null ? [] : Ordered(found)) { Inspections = inspections ?? [] };
    }

    private static List<Finding> Ordered(List<(Finding Finding, IRule Rule)> found)
    {
        if (found is [var single]) return [single.Finding];
        var findings = found.ConvertAll(f => f.Finding with { FollowsFrom = Explanation(f.Rule, f.Finding, found) });
        return [.. findings.OrderBy(f => f.FollowsFrom is not null).ThenBy(f => f.Severity).ThenBy(f => f.Severity == Severity.Error ? f.Confidence : Confidence.Certain)];
    }

    private static string? Explanation(IRule rule, Finding finding, List<(Finding Finding, IRule Rule)> found)
    {
        foreach (var code in rule.ExplainedBy)
        {
            // A mere remark explains no failure.
            if (code != finding.Code && found.Exists(f => f.Finding.Code == code && f.Finding.Severity <= finding.Severity)) return code;
        }

        return null;
    }

    /// <summary>A rule with its method bound: one call site that asks dozens of types through an interface searches for each of them, at every connection.</summary>
    private readonly record struct AskedRule(IRule Rule, Func<Connection, Finding?> Examine, bool IsLastResort)
    {
        public static AskedRule Of(IRule rule) => new(rule, rule.Examine, rule.IsLastResort);
    }
}
