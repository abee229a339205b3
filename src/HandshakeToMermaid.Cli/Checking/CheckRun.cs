using HandshakeToMermaid.Assertions;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>All connections of a run, in the order of their numbers.</summary>
internal sealed record CheckRun(IReadOnlyList<CheckRule> Rules, IReadOnlyList<CheckedConnection> Connections)
{
    /// <summary>The results of one kind, over all connections.</summary>
    public int Count(AssertionVerdict verdict) => Connections.Sum(c => c.With(verdict).Count());

    /// <summary>The assertions that were decided for no connection: they passed nothing.</summary>
    public IReadOnlyList<(CheckRule Rule, Assertion Assertion)> NeverDecided
    {
        get
        {
            var decided = Connections.SelectMany(c => c.Results).Where(r => r.Result.Verdict != AssertionVerdict.Undecided).Select(r => r.Assertion).ToHashSet();
            return [.. Rules.SelectMany(r => r.Assertions.Where(a => !decided.Contains(a)).Select(a => (r, a)))];
        }
    }
}
