using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Our own SVG in a browser.</summary>
public sealed class OwnPicturesTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task The_svg_of_every_sample_shows_the_texts_of_its_model_and_no_line_leaves_the_picture()
    {
        var page = await chromium.Open();
        foreach (var name in Gallery.Names)
        {
            foreach (var detail in new[] { Detail.Brief, Detail.Normal, Detail.Full })
            {
                var diagram = new DiagramBuilder(new DiagramOptions(detail)).Build(Drawing.WithoutAttempts(Gallery.Read(name)));
                await page.SetContentAsync(SvgRenderer.Render(diagram));
                var texts = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('svg text')].filter(t => !t.closest('.number')).map(t => t.textContent)");
                var times = await page.Locator(".who").CountAsync() / diagram.Participants.Count;
                Assert.Equal(DiagramTexts.Of(diagram, times), texts.Order(StringComparer.Ordinal));
                var outside = await page.EvaluateAsync<string[]>(Outside);
                Assert.True(outside.Length == 0, $"{name} ({detail}): {string.Join(" | ", outside)}");
                var overflowing = await page.EvaluateAsync<string[]>("""
                    () => [...document.querySelectorAll('.note, .said, .who')].flatMap(group => { const box = group.querySelector('rect').getBBox();
                      return [...group.querySelectorAll('text')].filter(t => { const b = t.getBBox(); return b.x < box.x + 2 || b.x + b.width > box.x + box.width - 2; }).map(t => t.textContent); })
                    """);
                Assert.True(overflowing.Length == 0, $"{name} ({detail}) leaves its box: {string.Join(" | ", overflowing)}");
            }
        }
    }

    [SkippableTheory]
    [InlineData(TimeStyle.Delta)]
    [InlineData(TimeStyle.Absolute)]
    [InlineData(TimeStyle.None)]
    public async Task No_text_leaves_a_timeline(object time)
    {
        var page = await chromium.Open();
        foreach (var name in Gallery.Names)
        {
            var connections = Gallery.Read(name);
            await page.SetContentAsync(SvgTimeline.Render(new TimelineBuilder(new DiagramOptions(Time: (TimeStyle)time)).Build(connections, connections.Count)));
            var outside = await page.EvaluateAsync<string[]>(Outside);
            Assert.True(outside.Length == 0, $"{name}: {string.Join(" | ", outside)}");
        }
    }

    private const string Outside = """
        () => { const svg = document.querySelector('svg'), box = svg.viewBox.baseVal;
          return [...svg.querySelectorAll('text')].filter(t => { const b = t.getBBox(); return b.x < 0 || b.x + b.width > box.width || b.y < 0 || b.y + b.height > box.height; }).map(t => t.textContent); }
        """;
}
