using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>
/// What <c>--redact</c> does to a check: connections are judged as they are, since rules name what was captured, and shown with pseudonyms. The report
/// is searched for originals before it is written.
/// </summary>
internal sealed class RedactedCheck(ProductRedaction redaction)
{
    /// <summary>The row of a connection that was judged.</summary>
    public CheckRow RowOf(IReadOnlyList<CheckedAssertion> results, DiagnosedConnection judged, bool isDrawn) => new(results, redaction.Of(judged), isDrawn);

    /// <summary>The run with pseudonyms in what was found and in what the user expects.</summary>
    public CheckRun Of(CheckRun run)
    {
        var text = redaction.Texts();
        var assertions = new Dictionary<Assertion, Assertion>();
        var rules = new Dictionary<CheckRule, CheckRule>();
        foreach (var rule in run.Rules)
        {
            foreach (var assertion in rule.Assertions) assertions[assertion] = new ShownAssertion(assertion.Name, assertion.NamesPeers ? "a name that --redact leaves out" : text(assertion.Expected));
            rules[rule] = rule with { Name = rule.Name is { } name ? text(name) : null, Assertions = [.. rule.Assertions.Select(a => assertions[a])] };
        }

        return new CheckRun([.. run.Rules.Select(r => rules[r])], [.. run.Connections.Select(c => c with { Results = [.. c.Results.Select(Shown)] })]);

        CheckedAssertion Shown(CheckedAssertion one) => new(rules[one.Rule], assertions[one.Assertion], one.Result with { Found = text(one.Result.Found) });
    }

    /// <summary>Writes the report where no original is left in it.</summary>
    public void Write(ICheckReport report, CheckRun run, Stream output)
    {
        using var memory = new MemoryStream();
        report.Write(run, memory);
        redaction.Check(memory.ToArray());
        memory.WriteTo(output);
        redaction.Finish();
    }

    /// <summary>An assertion of which only the texts are left.</summary>
    private sealed class ShownAssertion(string name, string expected) : Assertion
    {
        /// <inheritdoc/>
        public override string Name => name;

        /// <inheritdoc/>
        public override string Expected => expected;

        /// <inheritdoc/>
        public override AssertionResult Judge(DiagnosedConnection diagnosed) => throw new NotSupportedException("It has been judged.");
    }
}
