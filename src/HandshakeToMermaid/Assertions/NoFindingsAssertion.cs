using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Assertions;

/// <summary>The connection has no finding of a severity, or of a higher one.</summary>
internal sealed class NoFindingsAssertion(Severity least) : Assertion
{
    /// <inheritdoc/>
    public override string Name => "no-findings";

    /// <inheritdoc/>
    public override string Expected => least switch
    {
        Severity.Error => "no error",
        Severity.Warning => "no error or warning",
        _ => "no finding",
    };

    /// <summary>Reads "error", "warning" or "info"; null for anything else.</summary>
    public static NoFindingsAssertion? Parse(string text) => text switch
    {
        "error" => new(Severity.Error),
        "warning" => new(Severity.Warning),
        "info" => new(Severity.Info),
        _ => null,
    };

    /// <inheritdoc/>
    public override AssertionResult Judge(DiagnosedConnection diagnosed)
    {
        var found = diagnosed.Findings.Where(f => f.Severity <= least).ToList();
        if (found.Count == 0) return AssertionResult.Passed("none");
        return AssertionResult.Failed($"{string.Join(", ", found.Select(f => f.Code))}: {found[0].Title}", found[0].Frames is [var frame, ..] ? frame : null);
    }
}
