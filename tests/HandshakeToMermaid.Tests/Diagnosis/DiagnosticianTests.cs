using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagnosis;

/// <summary>In which order findings stand, which are folded under others, and which rules are asked at all.</summary>
public sealed class DiagnosticianTests
{
    private static readonly Connection Failed = Reading.Of(ScriptedCapture.Of("C SYN; +20ms; S RST-ACK")).Connections[0].Connection;
    private static readonly Connection Established = Sample.Read("tls12-success")[^1].Connection;

    [Fact]
    public void Errors_stand_before_warnings_and_those_before_remarks_and_equals_in_the_order_of_the_rules()
    {
        var found = Judge(Failed, Says("a", Severity.Info), Says("b", Severity.Warning), Says("c", Severity.Error), Says("d", Severity.Warning), Says("e", Severity.Error));
        Assert.Equal(["c", "e", "b", "d", "a"], found);
    }

    [Fact]
    public void Of_errors_the_proved_one_leads_and_of_warnings_the_order_of_the_rules_decides()
    {
        Assert.Equal(["b", "a"], Judge(Failed, Says("a", Severity.Error, Confidence.Likely), Says("b", Severity.Error)));
        Assert.Equal(["a", "b"], Judge(Failed, Says("a", Severity.Warning, Confidence.Likely), Says("b", Severity.Warning)));
    }

    [Fact]
    public void What_follows_from_another_finding_stands_behind_all_that_stand_for_themselves()
    {
        var found = Findings(Failed, Says("symptom", Severity.Error) with { ExplainedBy = ["other", "cause"] }, Says("remark", Severity.Info), Says("cause", Severity.Error));
        Assert.Equal([("cause", null), ("remark", null), ("symptom", "cause")], found.Select(f => (f.Code, f.FollowsFrom)));
    }

    [Theory]
    [InlineData(Severity.Warning, null)]
    [InlineData(Severity.Error, "cause")]
    internal void A_lesser_finding_explains_no_failure(Severity cause, string? followsFrom)
    {
        var found = Findings(Failed, Says("symptom", Severity.Error) with { ExplainedBy = ["cause"] }, Says("cause", cause));
        Assert.Equal(followsFrom, found.Single(f => f.Code == "symptom").FollowsFrom);
    }

    [Fact]
    public void A_finding_does_not_explain_itself()
    {
        var found = Findings(Failed, Says("same", Severity.Error) with { ExplainedBy = ["same"] }, Says("other", Severity.Error));
        Assert.All(found, f => Assert.Null(f.FollowsFrom));
    }

    [Fact]
    public void A_rule_of_the_last_resort_is_asked_only_where_no_error_was_found()
    {
        var last = Says("last", Severity.Error) with { IsLastResort = true };
        Assert.Equal(["last"], Judge(Failed, last));
        Assert.Equal(["last", "a"], Judge(Failed, Says("a", Severity.Warning), last));
        Assert.Equal(["a"], Judge(Failed, Says("a", Severity.Error), last));
    }

    [Fact]
    public void A_rule_about_failures_is_not_asked_of_an_established_connection()
    {
        var rule = Says("failure", Severity.Error) with { IsAboutFailure = true };
        Assert.Equal(["failure"], Judge(Failed, rule));
        Assert.Empty(Judge(Established, rule));
        Assert.Equal(["a"], Judge(Established, Says("a", Severity.Error), rule));
    }

    [Fact]
    public void A_connection_failed_where_a_finding_is_an_error_or_its_end_is_one_that_no_finding_excuses()
    {
        Assert.True(Of(Failed).IsFailed);
        Assert.True(Of(Failed, Says("a", Severity.Warning)).IsFailed);
        Assert.False(Of(Failed, Says("a", Severity.Info) with { ExcusesEnd = true }).IsFailed);
        Assert.True(Of(Failed, Says("a", Severity.Info) with { ExcusesEnd = true }, Says("b", Severity.Error)).IsFailed);
        Assert.False(Of(Established).IsFailed);
        Assert.False(Of(Established, Says("a", Severity.Warning)).IsFailed);
        Assert.True(Of(Established, Says("a", Severity.Error)).IsFailed);
    }

    private static DiagnosedConnection Of(Connection connection, params Rule[] rules) => new Diagnostician(rules).Judge(connection);

    private static IReadOnlyList<Finding> Findings(Connection connection, params Rule[] rules) => Of(connection, rules).Findings;

    private static List<string> Judge(Connection connection, params Rule[] rules) => [.. Findings(connection, rules).Select(f => f.Code)];

    private static Rule Says(string code, Severity severity, Confidence confidence = Confidence.Certain) => new(code, severity, confidence);

    /// <summary>A rule that always finds the same.</summary>
    private sealed record Rule(string Code, Severity Severity, Confidence Confidence) : IRule
    {
        public bool IsAboutFailure { get; init; }

        public bool IsLastResort { get; init; }

        public bool ExcusesEnd { get; init; }

        public IReadOnlyList<string> ExplainedBy { get; init; } = [];

        public Finding? Examine(Connection connection) => new(Code, Severity, Confidence, "title", "cause", "fix", ["alias"], [1], null) { ExcusesEnd = ExcusesEnd };
    }
}
