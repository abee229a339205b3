using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Ladder;
using HandshakeToMermaid.Diagrams.Markdown;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>A timeline is readable whatever it spans.</summary>
public sealed class TimelineTests
{
    private static readonly List<DiagnosedConnection> Several = Gallery.Read("syn-unanswered", "happy-eyeballs", "resumption-tls12", "expired-certificate", "tls13-success");

    [Theory]
    [InlineData(TimeStyle.Delta, "timeline.mmd")]
    [InlineData(TimeStyle.Absolute, "timeline-clock.mmd")]
    public void A_timeline_is_drawn_from_zero_or_on_the_clock(object time, string golden)
        => Golden.Verify(Draw(new DiagramOptions(Time: (TimeStyle)time)), Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Expected", golden));

    [Theory]
    [InlineData(TimeStyle.Delta, "timeline.txt")]
    [InlineData(TimeStyle.Absolute, "timeline-clock.txt")]
    public void A_timeline_is_drawn_in_text(object time, string golden)
    {
        var timeline = new TimelineBuilder(new DiagramOptions(Time: (TimeStyle)time)).Build(Several, Several.Count);
        Golden.Verify(LadderTimeline.Render(timeline, new TerminalStyle(80)), Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Expected", golden));
        Assert.All(LadderTimeline.Render(timeline, new TerminalStyle(60)).Split('\n'), l => Assert.InRange(l.Length, 0, 60));
        Assert.True(System.Text.Ascii.IsValid(LadderTimeline.Render(timeline, new TerminalStyle(80, IsAscii: true))));
    }

    [Theory]
    [InlineData(TimeStyle.Delta, "timeline.svg")]
    [InlineData(TimeStyle.Absolute, "timeline-clock.svg")]
    public void A_timeline_is_drawn_as_our_own_picture(object time, string golden)
    {
        var timeline = new TimelineBuilder(new DiagramOptions(Time: (TimeStyle)time)).Build(Several, Several.Count);
        Golden.Verify(SvgTimeline.Render(timeline), Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Expected", golden));
        Assert.DoesNotContain("prefers-color-scheme", SvgTimeline.Render(timeline, isLightOnly: true), StringComparison.Ordinal);
        Assert.DoesNotContain("<style>", SvgTimeline.RenderForPage(timeline), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_report_shows_the_timeline_of_one_connection_and_of_several(int count)
    {
        var request = new OutputRequest { IsTimeline = true };
        foreach (var output in (IDiagramOutput[])[new HtmlOutput(), new MarkdownOutput()])
        {
            using var memory = new MemoryStream();
            output.Render([.. Several.TakeLast(count)], request).Files[0](memory);
            var page = System.Text.Encoding.UTF8.GetString(memory.ToArray());
            Assert.Contains("axisFormat", page, StringComparison.Ordinal);
            Assert.Equal(output is HtmlOutput, page.Contains("<line class=\"life\"", StringComparison.Ordinal) && page.Contains("50 ms</text>", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_text_in_a_bar_is_well_formed_and_comes_out_as_it_went_in()
    {
        var random = new Random(5);
        foreach (var text in HostileText.Known.Concat(Enumerable.Range(0, 200).Select(_ => HostileText.Random(random))))
        {
            var timeline = new Timeline(text, [new TimelineRow(1, [new TimelineBar([text], default, Duration.FromMilliseconds(2), BandColor.Red) { IsFailure = true }])], TimelineScale.Of(Duration.FromMilliseconds(10)));
            var svg = System.Xml.Linq.XDocument.Parse(SvgTimeline.Render(timeline), System.Xml.Linq.LoadOptions.PreserveWhitespace).Root!;
            Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value == VisibleText.Of(text));
            Assert.Equal(VisibleText.Of(text), svg.Elements().First().Value);
        }
    }

    [Fact]
    public void A_section_is_a_number_of_the_list_and_no_bar_has_a_colour_that_dark_pages_hide()
    {
        var drawn = Draw(new DiagramOptions());
        Assert.Equal(Several.Select(c => $"    section {c.Connection.Id}"), drawn.Split('\n').Where(l => l.StartsWith("    section", StringComparison.Ordinal)));
        Assert.DoesNotContain(":active", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain(":done", drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "µs", 1)]
    [InlineData(0.5, "µs", 100)]
    [InlineData(10, "ms", 2)]
    [InlineData(59.1, "ms", 10)]
    [InlineData(300, "ms", 50)]
    [InlineData(9_000, "ms", 2000)]
    [InlineData(10_000, "s", 2)]
    [InlineData(300_000, "s", 60)]
    [InlineData(3_600_000, "min", 10)]
    [InlineData(86_400_000, "h", 3)]
    [InlineData(40 * 86_400_000d, "d", 7)]
    public void Ticks_have_a_unit_that_fits_and_labels_that_differ(double milliseconds, string unit, long step)
    {
        var scale = TimelineScale.Of(Duration.FromMilliseconds(milliseconds));
        Assert.Equal(unit, scale.Unit);
        Assert.Equal(step * scale.PerUnit.Nanoseconds, scale.Step.Nanoseconds);
        var labels = new List<string>();
        for (var tick = default(Duration); tick <= scale.Span; tick += scale.Step) labels.Add(scale.Label(tick));
        Assert.InRange(labels.Count, 2, 9);
        Assert.Distinct(labels);
    }

    [Fact]
    public void A_bar_that_would_squeeze_all_others_is_cut_and_that_is_said()
    {
        var timeline = new TimelineBuilder(new DiagramOptions()).Build(Several, Several.Count);
        var slow = timeline.Rows[0].Bars[^1];
        Assert.Equal("✗ TCP 3.1 s · Connection timed out: the SYN was not answered →", slow.Labels[0]);
        Assert.Equal(timeline.Scale.Span, slow.End);
        Assert.EndsWith(", → goes on", timeline.Title, StringComparison.Ordinal);
        Assert.InRange(timeline.Scale.Span.Milliseconds, 200, 400);
    }

    [Fact]
    public void The_clock_shows_the_date_once_and_cuts_nothing()
    {
        var timeline = new TimelineBuilder(new DiagramOptions(Time: TimeStyle.Absolute)).Build(Several, Several.Count);
        Assert.EndsWith(" · 2026-11-21 UTC", timeline.Title, StringComparison.Ordinal);
        Assert.Equal(Several[0].Connection.First.Time, timeline.Zero);
        Assert.DoesNotContain(timeline.Rows.SelectMany(r => r.Bars).SelectMany(b => b.Labels), l => l.Contains('→', StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_with_an_old_Mermaid_get_no_statement_that_it_does_not_know()
    {
        var drawn = TimelineDrawing.Of(Several, new DiagramOptions(), new MermaidProfile(IsLegacy: true)).Text;
        Assert.DoesNotContain("tickInterval", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("todayMarker", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_of_the_user_draws_it()
    {
        var own = new PageTemplate(Templating.Template.Parse("%% {{ sections[0].name }}", "own"), BuiltInTemplates.All);
        Assert.Equal("%% 1", TimelineDrawing.Of(Several, new DiagramOptions(), new MermaidProfile(), own).Text);
    }

    private static string Draw(DiagramOptions options) => TimelineDrawing.Of(Several, options, new MermaidProfile()).Text;
}
