using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>What is not kept of a great many connections must not be missed in any form.</summary>
public sealed class GatheredConnectionsTests
{
    private static readonly List<DiagnosedConnection> Many = Reading.Of(ManyConnections.Pcap(2600, 40)).Connections;

    public static TheoryData<string> Forms => [.. OutputCatalog.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_product_of_many_is_the_same_as_if_all_had_been_kept(string form)
    {
        var output = OutputCatalog.Named(form)!;
        var request = new OutputRequest();
        var gathered = new GatheredConnections(output.MaxDrawnOf(request), output.FoldsRepetitions);
        foreach (var connection in Many) gathered.Add(connection);
        Assert.Equal(Written(output.Render(Many, request)), Written(output.Render(gathered.All, request)));
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("html")]
    public void Where_repetitions_are_folded_only_two_of_a_kind_are_kept_whole_however_many_are_asked_for(string form)
    {
        var output = OutputCatalog.Named(form)!;
        var request = new OutputRequest { MaxConnections = 200_000 };
        var gathered = new GatheredConnections(output.MaxDrawnOf(request), output.FoldsRepetitions);
        foreach (var connection in Many) gathered.Add(connection);
        Assert.Equal(Written(output.Render(Many, request)), Written(output.Render(gathered.All, request)));
        Assert.All(gathered.All.Where(c => !c.Connection.IsBrief).GroupBy(ConnectionGroup.Signature), kind => Assert.InRange(kind.Count(), 1, 2));
    }

    [Fact]
    public void Only_what_may_be_drawn_is_kept_whole()
    {
        var gathered = new GatheredConnections(20);
        foreach (var connection in Many) gathered.Add(connection);
        Assert.Equal(Many.Count, gathered.All.Count);
        Assert.Equal(Many.Select(c => c.Connection.Id), gathered.All.Select(c => c.Connection.Id));
        Assert.Equal(1020, gathered.All.Count(c => !c.Connection.IsBrief));
    }

    [Fact]
    public void A_failure_that_comes_late_is_still_drawn()
    {
        var late = Reading.OfSample("expired-certificate")[0];
        var gathered = new GatheredConnections(20);
        foreach (var connection in Many) gathered.Add(connection);
        gathered.Add(late);
        Assert.Same(late, gathered.All[^1]);
    }

    private static string Written(RenderResult made)
    {
        using var stream = new MemoryStream();
        foreach (var file in made.Files) file(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + string.Join('\n', made.Remarks);
    }
}
