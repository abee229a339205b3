using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>What does not fit is taken back in order, and said.</summary>
public sealed class DrawingTests
{
    [Theory]
    [InlineData(850)]
    [InlineData(1_000)]
    [InlineData(1_990)]
    [InlineData(10_000)]
    public void No_part_is_longer_than_the_page_bears(int most)
    {
        foreach (var name in Gallery.Names)
        {
            var drawing = Drawing.Of(Gallery.Read(name), new DiagramOptions(Detail.Full), 8, new MermaidProfile(most));
            foreach (var part in drawing.Parts) Assert.InRange(part.Length, 1, most);
        }
    }

    [Fact]
    public void Detail_goes_first_and_that_is_said_in_the_picture_and_beside_it()
    {
        var connections = Gallery.Read("tls12-success");
        var full = Drawing.Of(connections, new DiagramOptions(Detail.Full), 8).Text.Length;
        var drawing = Drawing.Of(connections, new DiagramOptions(Detail.Full), 8, new MermaidProfile(full - 1));
        Assert.Single(drawing.Parts);
        Assert.Contains("Drawn with less detail (normal)", drawing.Text, StringComparison.Ordinal);
        Assert.Contains(drawing.Remarks, r => r.Contains("less detail (normal)", StringComparison.Ordinal));
        Assert.Empty(Drawing.Of(connections, new DiagramOptions(Detail.Full), 8, new MermaidProfile(full)).Remarks);
    }

    [Fact]
    public void Parts_are_numbered_go_on_counting_and_lose_no_arrow()
    {
        var connections = Gallery.Read("resumption-tls12");
        var whole = Drawing.Of(connections, new DiagramOptions(Detail.Brief), 8).Text;
        var drawing = Drawing.Of(connections, new DiagramOptions(Detail.Brief), 8, new MermaidProfile(900));
        Assert.InRange(drawing.Parts.Count, 2, 9);
        for (var i = 0; i < drawing.Parts.Count; i++) Assert.Contains($"Part {i + 1} of {drawing.Parts.Count}", drawing.Parts[i], StringComparison.Ordinal);
        Assert.Equal(Arrows(whole), drawing.Parts.SelectMany(Arrows));
        var counted = 1;
        foreach (var part in drawing.Parts)
        {
            Assert.Contains(counted == 1 ? "autonumber\n" : $"autonumber {counted} 1\n", part, StringComparison.Ordinal);
            counted += Arrows(part).Count();
        }
        Assert.Contains("Established in", drawing.Parts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Opened_and_closed_without_a_byte_is_one_verdict_in_the_title_the_rows_and_the_drawing()
    {
        var probe = Reading.Of(ScriptedCapture.Of("C SYN; +20ms; S SYN-ACK; C RST")).Connections;
        var overview = MermaidRenderer.Render(new OverviewBuilder(new DiagramOptions()).Build([.. probe.Select(c => new ConnectionGroup([c]))], probe));
        Assert.Contains("1 connection, 1 opened and closed", overview, StringComparison.Ordinal);
        Assert.Contains(" · opened and closed", overview, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", overview, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("-x", overview, StringComparison.Ordinal);
        var drawing = Drawing.Of(probe, new DiagramOptions(), 8).Text.Replace("<br/>", " ", StringComparison.Ordinal);
        Assert.Contains("Opened and closed without data", drawing, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed", drawing, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_ICMP_error_comes_from_the_router_that_sent_it_in_every_form()
    {
        var connections = Gallery.Read("host-unreachable");
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(connections);
        var router = Assert.Single(diagram.Participants, p => p.Lines[0] == "Router");
        Assert.Equal("192.0.2.1", router.Lines[1]);
        var arrow = diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>().Single(a => a.From == router.Id);
        Assert.Equal(("C", false), (arrow.To, arrow.IsDeadEnd));
        Assert.Contains(diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>(), a => a is { From: "C", To: "S", IsDeadEnd: true });
        Assert.Contains("192.0.2.1", SvgRenderer.Render(diagram), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolver_and_a_router_share_the_column_beside_the_client()
    {
        var diagram = new DiagramBuilder(new DiagramOptions(Detail.Full)).Build(Gallery.Read("host-unreachable"));
        Assert.Equal(["R", "C", "S"], diagram.Participants.Select(p => p.Id));
        Assert.Equal(["DNS resolver, Router", "192.0.2.53, 192.0.2.1"], diagram.Participants[0].Lines);
        var arrow = Assert.Single(diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>(), a => a.Lines[0].StartsWith("ICMP", StringComparison.Ordinal));
        Assert.Equal(("R", "C"), (arrow.From, arrow.To));
        Assert.Contains("from 192.0.2.1", arrow.Lines);
    }

    [Fact]
    public void Several_resolvers_share_a_column_and_labels_say_which_is_meant()
    {
        var script = new VisitScript();
        script.Udp($"{VisitScript.Client}:40000", "10.9.0.99:53", DnsMessageBuilder.Query(7, "shop.corp.test", 1), 0);
        script.Udp($"{VisitScript.Client}:40001", $"{VisitScript.Resolver}:53", DnsMessageBuilder.Query(8, "shop.corp.test", 1), 2000);
        script.Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40001", DnsMessageBuilder.Response(8, "shop.corp.test", 1).Address("shop.corp.test", VisitScript.Server), 2001);
        script.Connect(50010, 2010, 2100, VisitScript.Hello("shop.corp.test"));
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Reading.Of(script.ToPcap()).Connections);
        Assert.Equal(["R", "C", "S"], diagram.Participants.Select(p => p.Id));
        Assert.Equal(["DNS resolvers", $"10.9.0.99, {VisitScript.Resolver}"], diagram.Participants[0].Lines);
        var queries = diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>().Where(a => a.To == "R").Select(a => string.Join(' ', a.Lines)).ToList();
        Assert.Contains(queries, q => q.Contains("to 10.9.0.99", StringComparison.Ordinal));
        Assert.Contains(queries, q => q.Contains($"to {VisitScript.Resolver}", StringComparison.Ordinal));
    }

    [Fact]
    public void An_attempt_at_another_address_ends_there()
    {
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("happy-eyeballs").Single(c => c.Connection.Attempts.Count > 0));
        Assert.Equal(["A", "C", "S"], diagram.Participants.Select(p => p.Id));
        Assert.Equal("[2001:db8:2::55]:443", diagram.Participants[0].Lines[1]);
        var attempt = Assert.Single(diagram.Parts[0].Bands, b => b.Color == BandColor.Amber);
        Assert.Equal(("A", "C"), (attempt.Header!.From, attempt.Header.To));
        Assert.Equal("200.5 ms without a message", Assert.Single(attempt.Items.OfType<Note>(), n => n.Kind == NoteKind.Wait).Lines[0]);
        Assert.All(attempt.Items.OfType<Arrow>(), i => Assert.Equal("A", i.To));
        Assert.All(diagram.Parts[0].Bands.Where(b => b.Color != BandColor.Amber).SelectMany(b => b.Items), i => Assert.NotEqual("A", i.To));
    }

    [Fact]
    public void Many_attempts_share_one_participant_that_says_how_many_they_were()
    {
        string[] tried = ["203.0.113.1", "203.0.113.2", "203.0.113.3"];
        var script = new VisitScript();
        var answer = DnsMessageBuilder.Response(7, "shop.corp.test", 1).Address("shop.corp.test", VisitScript.Server);
        for (var i = 0; i < tried.Length; i++)
        {
            answer.Address("shop.corp.test", tried[i]);
            script.Syn(50000 + i, 2 + (300 * i), tried[i]);
        }
        script.Udp($"{VisitScript.Client}:40000", $"{VisitScript.Resolver}:53", DnsMessageBuilder.Query(7, "shop.corp.test", 1), 0);
        script.Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40000", answer, 1);
        script.Connect(50010, 1000, 1100, VisitScript.Hello("shop.corp.test"));
        var visit = Reading.Of(script.ToPcap()).Connections.Single(c => c.Connection.Attempts.Count == 3);
        Assert.Equal(tried, visit.Connection.Attempts.Select(a => a.Server.Address.ToString()));
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(visit);
        Assert.Equal(["A", "C", "S"], diagram.Participants.Select(p => p.Id));
        Assert.Equal(["shop.corp.test", "3 other addresses"], diagram.Participants[0].Lines);
        var attempts = diagram.Parts[0].Bands.Where(b => b.Color == BandColor.Amber).ToList();
        Assert.Equal(3, attempts.Count);
        Assert.All(attempts.SelectMany(b => b.Items).OfType<Arrow>(), a => Assert.Equal(("C", "A"), (a.From, a.To)));
    }

    [Theory]
    [InlineData(1, "TCP to 203.0.113.1:443")]
    [InlineData(2, "TCP to 203.0.113.2:443")]
    [InlineData(6, "TCP to 6 other addresses")]
    public void A_slide_has_at_most_five_arrows_however_many_addresses_were_tried(int tried, string shown)
    {
        var script = new VisitScript();
        var answer = DnsMessageBuilder.Response(7, "shop.corp.test", 1).Address("shop.corp.test", VisitScript.Server);
        for (var i = 0; i < tried; i++)
        {
            answer.Address("shop.corp.test", $"203.0.113.{i + 1}");
            script.Syn(50000 + i, 2 + (300 * i), $"203.0.113.{i + 1}");
        }

        script.Udp($"{VisitScript.Client}:40000", $"{VisitScript.Resolver}:53", DnsMessageBuilder.Query(7, "shop.corp.test", 1), 0);
        script.Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40000", answer, 1);
        script.Connect(50010, 2000, 2100, VisitScript.Hello("shop.corp.test"));
        var visit = Reading.Of(script.ToPcap()).Connections.Single(c => c.Connection.Attempts.Count == tried);
        var arrows = new DiagramBuilder(new DiagramOptions(Detail.Brief)).Build(visit).Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>().ToList();
        Assert.InRange(arrows.Count, 2, 5);
        Assert.Contains(arrows, a => a.Lines[0].StartsWith(shown, StringComparison.Ordinal));
    }

    [Fact]
    public void No_sample_has_more_than_five_arrows_on_its_slides()
        => Assert.All(Gallery.Names.SelectMany(name => Gallery.Read(name)), c => Assert.InRange(new DiagramBuilder(new DiagramOptions(Detail.Brief)).Build(c).Parts[0].Bands.Sum(b => b.Items.OfType<Arrow>().Count()), 0, 5));

    [Theory]
    [InlineData("C 'hello'; +10ms; S 'hi'; +900ms; C FIN; S FIN; C ACK")]
    [InlineData("C 'hello'; +900ms; S 'hi'; +900ms; C 'and'; +900ms; S FIN; C FIN; S ACK")]
    public void Behind_the_first_data_no_silence_is_claimed(string data)
    {
        foreach (var detail in Enum.GetValues<Detail>())
        {
            var diagram = new DiagramBuilder(new DiagramOptions(detail)).Build(Reading.Of(ScriptedCapture.Of(ScriptedCapture.Opened + data)).Connections);
            Assert.DoesNotContain(diagram.Parts[0].Bands.SelectMany(b => b.Items), i => i is Note { Kind: NoteKind.Wait });
        }
    }

    [Fact]
    public void A_silence_before_the_first_data_is_a_note()
    {
        var hello = ScriptedCapture.Client(VisitScript.Hello("shop.corp.test"));
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Reading.Of(ScriptedCapture.Of($"{ScriptedCapture.Opened}+899ms; {hello} +20ms; S hex:15030300020228; C FIN; S FIN; C ACK")).Connections);
        Assert.Equal("900.0 ms without a message", Assert.Single(diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Note>(), n => n.Kind == NoteKind.Wait).Lines[0]);
    }

    [Fact]
    public void The_title_of_several_counts_what_the_list_counts()
    {
        var connections = Gallery.Read("happy-eyeballs", "port-closed");
        Assert.Equal(3, connections.Count);
        Assert.Contains("accTitle: 3 connections, ", Drawing.Of(connections, new DiagramOptions(), 8).Text, StringComparison.Ordinal);
        Assert.Equal(2, Drawing.Of(connections, new DiagramOptions(), 8).Text.Split(": Connection ").Length - 1);
    }

    [Fact]
    public void An_ICMP_error_about_a_packet_of_the_server_goes_to_the_server_from_a_router_beside_it()
    {
        var connections = Reading.Of(ScriptedCapture.Of(ScriptedCapture.Opened + "C 'hello'; +20ms; S #1400; icmp 3.4 from 203.0.113.9 about S; +20ms; S #1200 seq=0; C ACK; C FIN; S FIN; C ACK")).Connections;
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(connections);
        Assert.Equal(["C", "S", "H"], diagram.Participants.Select(p => p.Id));
        Assert.Equal(["Router", "203.0.113.9"], diagram.Participants[2].Lines);
        var arrow = Assert.Single(diagram.Parts[0].Bands.SelectMany(b => b.Items).OfType<Arrow>(), a => a.From == "H");
        Assert.Equal("S", arrow.To);
        Assert.Contains("fragmentation needed", arrow.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_bytes_that_share_an_arrow_are_added_up()
    {
        const string cut = "S hex:1603032000020000 len=600; C ACK; S 'abcdefgh' len=508; C ACK; S 'abcdefgh' len=600;";
        var script = ScriptedCapture.Opened + ScriptedCapture.Client(VisitScript.Hello("shop.corp.test")) + cut;
        var drawing = Drawing.Of(Reading.Of(ScriptedCapture.Of(script)).Connections, new DiagramOptions(), 8).Text;
        Assert.Contains("Bytes truncated x 3", drawing, StringComparison.Ordinal);
        Assert.Contains("1684 bytes missing", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retry_storm_is_one_arrow_with_its_count_and_its_times()
    {
        var drawing = Drawing.Of(Reading.Of(ManyConnections.Pcap(500, 5)).Connections, new DiagramOptions(), 8);
        Assert.Single(drawing.Parts);
        Assert.Equal(5, Arrows(drawing.Text).Count());
        Assert.Contains(" x 100", drawing.Text, StringComparison.Ordinal);
        Assert.Contains("500 connections", drawing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overview_that_is_too_long_is_split_and_what_has_no_room_is_counted()
    {
        var connections = Reading.Of(ManyConnections.Pcap(2000, 2000)).Connections;
        var drawing = Drawing.Of(connections, new DiagramOptions(), 8, new MermaidProfile(1_990));
        foreach (var part in drawing.Parts) Assert.InRange(part.Length, 1, 1_990);
        Assert.Contains("more are not drawn", drawing.Parts[^1], StringComparison.Ordinal);
        Assert.Contains(drawing.Remarks, r => r.Contains("are not drawn", StringComparison.Ordinal));
    }

    [Fact]
    public void A_timeline_has_a_section_for_each_connection()
    {
        var drawing = TimelineDrawing.Of(Gallery.Read("resumption-tls12"), new DiagramOptions(), new MermaidProfile());
        Assert.StartsWith("gantt\n", drawing.Text, StringComparison.Ordinal);
        Assert.Equal(2, drawing.Text.Split("    section ").Length - 1);
        Assert.Contains("TCP ", drawing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_does_not_depend_on_the_candidates_that_were_drawn_before_it()
    {
        foreach (var connection in Gallery.Names.SelectMany(name => Gallery.Read(name)))
        {
            var common = new CandidateParts();
            var options = new DiagramOptions();
            foreach (var candidate in (DiagramOptions[])
                [
                    options, options with { Folding = Folding.Transport }, options with { Folding = Folding.Resolution }, options with { Folding = Folding.Resolution, JoinsCloses = true },
                    options with { Folding = Folding.Resolution, JoinsCloses = true, CountsPassedChecks = true }, options with { Folding = Folding.Transport }, options,
                ])
            {
                var drawn = new DiagramBuilder(candidate) { Common = common }.Build(connection);
                Assert.Equal(MermaidRenderer.Render(new DiagramBuilder(candidate).Build(connection)), MermaidRenderer.Render(drawn));
            }
        }
    }

    private static IEnumerable<string> Arrows(string source)
        => source.Split('\n').Where(l => l.Contains(">>", StringComparison.Ordinal) || l.Contains("-x", StringComparison.Ordinal)).Select(l => l.Trim());
}
