using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>An overview has one line for each connection or group, with the numbers of the list.</summary>
public sealed class OverviewTests
{
    private static readonly List<DiagnosedConnection> Several =
        Gallery.Read("syn-unanswered", "happy-eyeballs", "resumption-tls13", "no-common-version", "expired-certificate", "tls12-success", "dtls12-success", "tls13-success", "two-visits");

    [Fact]
    public void An_overview_with_a_group_and_a_warning() => Verify("overview.mmd", Draw(Several));

    [Fact]
    public void A_resolver_that_refuses_everything_is_one_line()
    {
        var storm = Storm();
        Assert.Equal(19, storm.Count);
        var drawn = Draw(storm);
        Assert.Contains("REFUSED x 18", drawn, StringComparison.Ordinal);
        Verify("overview-storm.mmd", drawn);
    }

    [Fact]
    public void Every_connection_of_the_list_has_its_number_in_one_line()
    {
        foreach (var connections in (List<DiagnosedConnection>[])[Several, Storm(), Reading.Of(ManyConnections.Pcap(500, 5)).Connections])
        {
            var groups = ConnectionGroup.FoldNeighbours(ConnectionGroup.Fold(connections));
            Assert.Equal(connections.Select(c => c.Connection.Id), groups.SelectMany(g => g.Members).Select(m => m.Connection.Id).Order());
            Assert.DoesNotContain("autonumber", Draw(connections), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_are_told_in_runs()
    {
        var probe = Reading.Of(ScriptedCapture.Of("C SYN; +20ms; S SYN-ACK; C RST")).Connections[0];
        Assert.Equal("4", Numbers(4));
        Assert.Equal("4, 5", Numbers(4, 5));
        Assert.Equal("1-3, 7, 9, 10", Numbers(1, 2, 3, 7, 9, 10));
        Assert.Equal("1, 3, 5, 7 and 2 more", Numbers(1, 3, 5, 7, 9, 11));

        string Numbers(params int[] ids) => new ConnectionGroup([.. ids.Select(id => With(probe, id))]).Numbers;
    }

    [Fact]
    public void Neighbours_that_failed_share_a_band_and_warnings_have_their_own()
    {
        var bands = new OverviewBuilder(new DiagramOptions()).Build(ConnectionGroup.Fold(Several), Several).Parts[0].Bands;
        for (var i = 1; i < bands.Count; i++) Assert.NotEqual(bands[i - 1].Color, bands[i].Color);
        Assert.All(bands, b => Assert.Equal(b.IsFailure, b.Color == BandColor.Red));
        var warned = Assert.Single(bands, b => b.Color == BandColor.Amber);
        Assert.Contains("IPv6 was tried first and failed", Assert.Single(warned.Items).Lines[0], StringComparison.Ordinal);
        Assert.Contains(bands, b => b is { IsFailure: true, Items.Count: > 1 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_title_and_the_date_of_the_clock_stand_above_everything(bool isOverview)
    {
        var options = new DiagramOptions(Time: TimeStyle.Absolute, Title: "Incident 42: the shop; outside view");
        var diagram = isOverview ? new OverviewBuilder(options).Build(ConnectionGroup.Fold(Several), Several) : new DiagramBuilder(options).Build(Gallery.Read("expired-certificate"));
        Verify(isOverview ? "overview-title.mmd" : "title.mmd", MermaidRenderer.Render(diagram));
        Assert.Contains(">2026-11-21 UTC<", SvgRenderer.Render(diagram), StringComparison.Ordinal);
        Assert.Contains(">Incident 42: the shop; outside view</text>", SvgRenderer.Render(diagram), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_title_and_without_the_clock_there_is_no_caption()
    {
        Assert.Null(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("expired-certificate")).Caption);
        Assert.Null(new OverviewBuilder(new DiagramOptions()).Build(ConnectionGroup.Fold(Several), Several).Caption);
    }

    /// <summary>Eighteen names that a resolver refuses, three of them with a connection between.</summary>
    private static List<DiagnosedConnection> Storm()
    {
        var script = new VisitScript();
        for (var i = 0; i < 18; i++)
        {
            var at = i < 15 ? i * 10 : 2000 + (i * 10);
            script.Lookup($"host{i}.corp.test", 1, at, at + 2, port: 40000 + i, rcode: 5);
        }

        script.Connect(50010, 1000, 1100, VisitScript.Hello("shop.corp.test"));
        return Reading.Of(script.ToPcap()).Connections;
    }

    private static DiagnosedConnection With(DiagnosedConnection probe, int id)
    {
        var copy = probe.Connection.Brief();
        copy.Id = id;
        return new DiagnosedConnection(copy, probe.Findings);
    }

    private static string Draw(List<DiagnosedConnection> connections)
        => MermaidRenderer.Render(new OverviewBuilder(new DiagramOptions()).Build(ConnectionGroup.Fold(connections), connections));

    private static void Verify(string golden, string drawn) => Golden.Verify(drawn, Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Expected", golden));
}
