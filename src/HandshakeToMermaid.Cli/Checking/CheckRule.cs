using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>Assertions, and the connections that they are about.</summary>
/// <param name="Name">What its author calls it; null for the assertions of the command line.</param>
/// <param name="Scope">Which connections it is about.</param>
/// <param name="Assertions">What they must fulfil.</param>
internal sealed record CheckRule(string? Name, Selection Scope, IReadOnlyList<Assertion> Assertions)
{
    /// <summary>The results for one connection; empty where the rule is not about it.</summary>
    public IEnumerable<CheckedAssertion> Judge(DiagnosedConnection connection)
        => Scope.IncludesBesidesNumber(connection) ? Assertions.Select(a => new CheckedAssertion(this, a, a.Judge(connection))) : [];
}
