namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>Folders have an order: no folder uses another that uses it, directly or over others.</summary>
public sealed class FolderCyclesTests
{
    [Fact]
    public void No_folders_of_the_library_use_each_other()
    {
        var references = LibrarySources.References;
        var cycles = new FolderGraph(references).Cycles().Select(cycle => Describe(cycle, references)).ToList();
        Assert.True(cycles.Count == 0, string.Join('\n', cycles));
    }

    [Fact]
    public void Two_folders_that_use_each_other_are_a_cycle() =>
        Assert.Equal(["A", "B", "A"], Assert.Single(Cycles(("A", "B"), ("B", "A"), ("B", "C"))));

    [Fact]
    public void Three_folders_in_a_ring_are_a_cycle() =>
        Assert.Equal(["A", "B", "C", "A"], Assert.Single(Cycles(("A", "B"), ("B", "C"), ("C", "A"))));

    [Fact]
    public void A_folder_and_its_parent_can_be_a_cycle() =>
        Assert.Equal(["A", "A.B", "A"], Assert.Single(Cycles(("A", "A.B"), ("A.B", "A"))));

    [Fact]
    public void Folders_in_an_order_are_no_cycle() => Assert.Empty(Cycles(("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")));

    private static IEnumerable<IReadOnlyList<string>> Cycles(params (string From, string To)[] edges) =>
        new FolderGraph(edges.Select(e => new Reference(e.From, e.To, "T", "", 0))).Cycles();

    /// <summary>The cycle with some of the references that close it.</summary>
    private static string Describe(IReadOnlyList<string> cycle, IReadOnlyList<Reference> references)
    {
        var steps = cycle.Zip(cycle.Skip(1), (from, to) => references.Where(r => r.From == from && r.To == to).DistinctBy(r => r.Name).Take(5));
        return string.Join(" -> ", cycle) + string.Concat(steps.SelectMany(s => s).Select(r => "\n  " + r));
    }
}
