using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Comparison;

/// <summary>What is true of every comparison.</summary>
public sealed class ComparisonLawsTests
{
    public static TheoryData<string> Samples => [.. Gallery.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_capture_does_not_differ_from_itself(string name)
    {
        var connections = Gallery.Read(name);
        var comparison = CaptureComparison.Of(connections, connections);
        Assert.True(comparison.IsSame, string.Join(", ", comparison.Pairs.SelectMany(p => p.Differences).Select(d => $"{d.Place}: {d.Field}")));
        Assert.Equal(connections.Count, comparison.Pairs.Count);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Good_and_bad_exchanged_differ_in_as_much_the_other_way_round(string name)
    {
        var (one, other) = (Gallery.Read("tls13-success"), Gallery.Read(name));
        var forth = CaptureComparison.Of(one, [other[0]]).Pairs[0];
        var back = CaptureComparison.Of([other[0]], one).Pairs[0];
        Assert.Equal(Fields(forth, d => (d.Good, d.Bad)), Fields(back, d => (d.Bad, d.Good)));
        Assert.Equal(forth.IsSame, back.IsSame);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_drawn_in_three_columns_and_names_the_first_difference(string name)
    {
        var comparison = CaptureComparison.Of(Gallery.Read("tls13-success"), [Gallery.Read(name)[0]]);
        var source = Source(comparison);
        Assert.Equal(3, source.Split('\n').Count(l => l.StartsWith("  participant ", StringComparison.Ordinal)));
        Assert.Contains(comparison.Pairs[0].IsSame ? "The same in both runs" : "First difference", source, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_redacted_comparison_compares_the_same_fields(string name)
    {
        var (good, bad) = (Gallery.Read("tls13-success"), Gallery.Read(name));
        using var redactor = new Redactor(new RedactionOptions());
        var plain = CaptureComparison.Of(good, [bad[0]]).Pairs[0];
        var redacted = CaptureComparison.Of(good.ConvertAll(redactor.Redact), [redactor.Redact(bad[0])]).Pairs[0];
        Assert.Equal(plain.Differences.Select(d => (d.Kind, d.Place, d.Field)), redacted.Differences.Select(d => (d.Kind, d.Place, d.Field)));
        Assert.Equal(plain.Steps.Count, redacted.Steps.Count);
    }

    [Theory]
    [InlineData("tls13-success", "tls13-success", true)]
    [InlineData("tls13-success", "wrong-name", true)]
    [InlineData("tls13-success", "resumption-tls12-session-id", false)]
    [InlineData("tls13-success", "dns-unanswered", false)]
    public void DNS_is_called_the_same_only_where_both_runs_have_answers_for_a_record_type(string good, string bad, bool isCalledTheSame)
    {
        var comparison = CaptureComparison.Of(Gallery.Read(good), [Gallery.Read(bad)[^1]]);
        Assert.Equal(isCalledTheSame, Source(comparison).Contains("DNS: the same answers", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_for_different_record_types_are_not_compared()
    {
        var queries = Gallery.Read("tls13-success")[0].Connection.Queries;
        var (four, six) = (queries.Where(q => q.Type == "A").ToList(), queries.Where(q => q.Type == "AAAA").ToList());
        Assert.True(ResolutionComparer.CanCompare(queries, four));
        Assert.False(ResolutionComparer.CanCompare(four, six));
        Assert.False(ResolutionComparer.CanCompare([], []));
    }

    [Fact]
    public void Connections_without_a_counterpart_are_named_in_the_picture_with_their_run()
    {
        var (page, visits) = (Gallery.Read("browser-page"), Gallery.Read("two-visits"));
        const string Named = "static.example.com (connection 3),<br/>shop.example.com (connection 4)";
        Assert.Contains($"Note over G,B: Only in the good run: {Named}", Source(CaptureComparison.Of(page, visits)), StringComparison.Ordinal);
        Assert.Contains($"Note over G,B: Only in the bad run: {Named}", Source(CaptureComparison.Of(visits, page)), StringComparison.Ordinal);
        Assert.Contains("1 more pair without a difference", Source(CaptureComparison.Of(visits, [visits[0], page[1]])), StringComparison.Ordinal);
    }

    [Fact]
    public void GREASE_is_not_compared()
    {
        var fields = CaptureComparison.Of(Gallery.Read("browser-page"), Gallery.Read("two-visits")).Pairs[0].Differences;
        Assert.DoesNotContain(fields.SelectMany(d => d.Good.Concat(d.Bad)), v => v == "GREASE");
    }

    private static string Source(CaptureComparison comparison) => MermaidRenderer.Render(new ComparisonDiagram(new DiagramOptions()).Build(comparison));

    /// <summary>Of fields, which do not depend on how steps are aligned.</summary>
    private static List<string> Fields(ConnectionComparison comparison, Func<Difference, (IReadOnlyList<string>, IReadOnlyList<string>)> sides) =>
        [.. comparison.Differences.Where(d => d.Kind is DifferenceKind.Value or DifferenceKind.Order).Select(d => (d, Sides: sides(d))).Select(x => $"{x.d.Place} {x.d.Field} {string.Join(',', x.Sides.Item1)} {string.Join(',', x.Sides.Item2)}").Order(StringComparer.Ordinal)];
}
