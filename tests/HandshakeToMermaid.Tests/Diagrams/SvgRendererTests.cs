using System.Xml.Linq;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Diagrams.Wording;
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

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Allowed = ["title", "desc", "style", "rect", "line", "path", "g", "text", "tspan"];
}
