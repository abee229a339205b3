using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>A connection and the results of its assertions.</summary>
/// <param name="Number">Its number in the list.</param>
/// <param name="Capture">The capture in which it began, as the user named it.</param>
/// <param name="Server">The name or address of its server.</param>
/// <param name="Start">When it began.</param>
/// <param name="Results">What was found; empty where no rule is about it.</param>
internal sealed record CheckedConnection(int Number, string Capture, string Server, Timestamp Start, IReadOnlyList<CheckedAssertion> Results)
{
    /// <summary>The results of one kind.</summary>
    public IEnumerable<CheckedAssertion> With(AssertionVerdict verdict) => Results.Where(r => r.Result.Verdict == verdict);

    /// <summary>True where an assertion does not hold.</summary>
    public bool IsOffender => Results.Any(r => r.Result.Verdict == AssertionVerdict.Failed);
}
