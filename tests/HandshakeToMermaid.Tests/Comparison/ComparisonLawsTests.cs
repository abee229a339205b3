using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
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
        var source = MermaidRenderer.Render(new ComparisonDiagram(new DiagramOptions()).Build(comparison));
        Assert.Equal(3, source.Split('\n').Count(l => l.StartsWith("  participant ", StringComparison.Ordinal)));
        Assert.Contains(comparison.Pairs[0].IsSame ? "The same in both runs" : "First difference", source, StringComparison.Ordinal);
    }

    /// <summary>Of fields, which do not depend on how steps are aligned.</summary>
    private static List<string> Fields(ConnectionComparison comparison, Func<Difference, (IReadOnlyList<string>, IReadOnlyList<string>)> sides) =>
        [.. comparison.Differences.Where(d => d.Kind is DifferenceKind.Value or DifferenceKind.Order).Select(d => (d, Sides: sides(d))).Select(x => $"{x.d.Place} {x.d.Field} {string.Join(',', x.Sides.Item1)} {string.Join(',', x.Sides.Item2)}").Order(StringComparer.Ordinal)];
}
