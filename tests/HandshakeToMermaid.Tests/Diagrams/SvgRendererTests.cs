using System.Xml.Linq;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Our own pictures are well-formed whatever they say, and say what the model says.</summary>
public sealed class SvgRendererTests
{
    [Fact]
    public void Any_text_in_any_position_is_well_formed_and_comes_out_as_it_went_in()
    {
        var random = new Random(3);
        foreach (var text in HostileText.Known.Concat(Enumerable.Range(0, 500).Select(_ => HostileText.Random(random))))
        {
            var diagram = HostileDiagram.Of(text);
            var svg = XDocument.Parse(SvgRenderer.Render(diagram), LoadOptions.PreserveWhitespace).Root!;
            var shown = svg.Descendants(Svg + "text").Where(t => t.Parent!.Attribute("class")?.Value != "number").Select(t => t.Value).Order(StringComparer.Ordinal);
            var expected = HostileDiagram.Lines(diagram).Select(VisibleText.Of).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, shown);
            Assert.Equal(VisibleText.Of(text), svg.Element(Svg + "title")!.Value);
            Assert.All(svg.Descendants(), e => Assert.Contains(e.Name.LocalName, Allowed));
            Assert.All(svg.DescendantsAndSelf().Attributes(), a => Assert.DoesNotContain("on", a.Name.LocalName[..Math.Min(2, a.Name.LocalName.Length)], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_picture_names_itself_to_a_screen_reader_and_holds_both_themes()
    {
        var svg = SvgRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("tls13-success")));
        Assert.Contains("role=\"img\"", svg, StringComparison.Ordinal);
        Assert.Contains("<title>TLS 1.3 handshake with www.example.com", svg, StringComparison.Ordinal);
        Assert.Contains("<desc>DNS ", svg, StringComparison.Ordinal);
        Assert.Contains("@media screen and (prefers-color-scheme:dark)", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(" id=", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("http", svg.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("ALPN http/1.1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_in_a_page_can_be_reached_by_keyboard_and_carry_their_step()
    {
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("tls13-success"));
        var svg = XDocument.Parse(SvgRenderer.RenderForPage(diagram, "7")).Root!;
        var steps = svg.Descendants().Select(e => e.Attribute("data-step")?.Value).OfType<string>().ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count).Select(n => $"7-{n}"), steps);
        Assert.Equal(diagram.Parts[0].Bands.Sum(b => b.Items.OfType<Arrow>().Count()), steps.Count);
        Assert.Empty(svg.Elements(Svg + "style"));
    }

    [Fact]
    public void A_later_part_goes_on_counting()
    {
        var diagram = HostileDiagram.Of("x") with { FirstNumber = 41 };
        Assert.Contains(">41</text>", SvgRenderer.Render(diagram), StringComparison.Ordinal);
        Assert.Contains("autonumber 41 1\n", HandshakeToMermaid.Diagrams.Mermaid.MermaidRenderer.Render(diagram), StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_is_a_box_of_its_own_colour_and_nothing_else()
    {
        var failed = Draw(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("expired-certificate")));
        var box = failed.Descendants(Svg + "g").Single(g => ClassOf(g) == "failed said");
        Assert.Equal("bar", ClassOf(box.Elements(Svg + "rect").Single()));
        Assert.Equal("start strong name", ClassOf(box.Elements(Svg + "text").First()));
        Assert.Equal("Fix:", box.Descendants(Svg + "tspan").Last().Value);
        Assert.DoesNotContain(failed.Descendants(Svg + "rect"), r => ClassOf(r) == "field" && ClassOf(r.Parent!) == "failed");
        var established = Draw(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("tls13-success")));
        Assert.Equal("succeeded said", ClassOf(established.Elements(Svg + "g").Last(g => ClassOf(g) != "who")));
    }

    [Theory]
    [InlineData(nameof(NoteKind.Problem), "note bad")]
    [InlineData(nameof(NoteKind.Warning), "note warn")]
    [InlineData(nameof(NoteKind.Wait), "note wait")]
    [InlineData(nameof(NoteKind.Plain), "note")]
    public void A_note_has_the_colours_of_what_it_is_about(string kind, string style)
    {
        var svg = Draw(Of(new Note("C", "S", ["x"]) { Kind = Enum.Parse<NoteKind>(kind) }));
        Assert.Contains(svg.Descendants(Svg + "g"), g => ClassOf(g) == style);
    }

    [Theory]
    [InlineData(true, "step dead")]
    [InlineData(false, "step")]
    public void A_reset_is_red_only_where_something_failed(bool isFailed, string style)
    {
        var reset = new Arrow("S", "C", ["RST"], IsAnswer: true, IsDeadEnd: true, []);
        var diagram = Of(reset);
        if (isFailed) diagram = diagram with { Parts = [diagram.Parts[0] with { Opening = new Band(BandColor.Failed, new Note("C", "S", ["\u2717 x"]) { Kind = NoteKind.Verdict }, []) }] };
        var arrow = Draw(diagram).Descendants(Svg + "g").Single(g => ClassOf(g)?.StartsWith("step", StringComparison.Ordinal) == true);
        Assert.Equal(style, ClassOf(arrow));
        Assert.Contains(arrow.Elements(Svg + "path"), p => ClassOf(p) == "stop");
    }

    [Fact]
    public void Names_of_messages_stay_bold_where_they_are_wrapped()
    {
        var svg = Draw(Of(new Arrow("S", "C", ["EncryptedExtensions, Certificate,", "CertificateVerify · 1.1 kB", "2 certificates"], IsAnswer: true, IsDeadEnd: false, []) { TitleLines = 2 }));
        Assert.Equal(["EncryptedExtensions, Certificate,", "CertificateVerify"], svg.Descendants(Svg + "tspan").Where(t => ClassOf(t) == "strong").Select(t => t.Value));
    }

    [Fact]
    public void The_title_of_a_verdict_stays_bold_where_it_is_wrapped()
    {
        var verdict = new Band(BandColor.Failed, new Note("C", "S", ["\u2717 Connection refused: nothing is", "listening on the port", "203.0.113.55 answered with a RST", "Fix: Start the server"]) { Kind = NoteKind.Verdict, TitleLines = 2 }, []);
        var diagram = Of(new Note("C", "S", ["x"]));
        var lines = Draw(diagram with { Parts = [diagram.Parts[0] with { Opening = verdict }] }).Descendants(Svg + "g").Single(g => ClassOf(g) == "failed said").Elements(Svg + "text");
        Assert.Equal(["start strong name", "start strong name", "start name", "start name"], lines.Select(ClassOf));
    }

    [Theory]
    [InlineData("For the client to check:", "\u2717 expired · \u2713 name matches · \u2013 no OCSP staple")]
    [InlineData("For the client to check: \u2717 expired · \u2713 name matches", "\u2013 no OCSP staple")]
    public void A_failed_check_is_set_off_from_those_that_passed(params string[] lines)
    {
        var svg = Draw(Of(new Note("C", "S", lines) { Kind = NoteKind.Check }));
        Assert.Equal(["For the client to check:"], svg.Descendants(Svg + "tspan").Where(t => ClassOf(t) == "strong").Select(t => t.Value));
        Assert.Equal(["\u2717 expired"], svg.Descendants(Svg + "tspan").Where(t => ClassOf(t) == "fail").Select(t => t.Value));
        Assert.Equal(["\u2713"], svg.Descendants(Svg + "tspan").Where(t => ClassOf(t) == "pass").Select(t => t.Value));
    }

    [Fact]
    public void A_page_scrolls_before_text_is_smaller_than_12_pixels()
    {
        var svg = Draw(Of(new Note("C", "S", ["x"])));
        var width = double.Parse(svg.Attribute("width")!.Value);
        var narrowest = double.Parse(System.Text.RegularExpressions.Regex.Match(svg.Attribute("style")!.Value, "min-width:([0-9.]+)px").Groups[1].Value);
        Assert.Equal(12, 13 * narrowest / width, 0.01);
    }

    private static SequenceDiagram Of(DiagramItem item) => new(
        "x", "", [new Participant("C", ["Client"]), new Participant("S", ["Server"])], [new DiagramPart(null, null, [new Band(BandColor.Gray, null, [item])], null)]);

    private static XElement Draw(SequenceDiagram diagram) => XDocument.Parse(SvgRenderer.Render(diagram), LoadOptions.PreserveWhitespace).Root!;

    private static string? ClassOf(XElement element) => element.Attribute("class")?.Value;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Allowed = ["title", "desc", "style", "rect", "line", "path", "g", "text", "tspan"];
}
