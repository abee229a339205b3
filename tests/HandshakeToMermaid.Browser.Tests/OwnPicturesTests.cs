using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using Microsoft.Playwright;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Our own SVG and HTML, opened from disk without a network.</summary>
[Collection(BrowserTests.Name)]
public sealed class OwnPicturesTests(Chromium chromium) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

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
                var outside = await page.EvaluateAsync<string[]>("""
                    () => { const svg = document.querySelector('svg'), box = svg.viewBox.baseVal;
                      return [...svg.querySelectorAll('text')].filter(t => { const b = t.getBBox(); return b.x < 0 || b.x + b.width > box.width || b.y < 0 || b.y + b.height > box.height; }).map(t => t.textContent); }
                    """);
                Assert.True(outside.Length == 0, $"{name} ({detail}): {string.Join(" | ", outside)}");
            }
        }
    }

    [SkippableTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task The_report_opens_offline_and_shows_the_facts_of_a_step(string scheme)
    {
        var (page, complaints) = await OpenReport(Gallery.Read("tls13-success", "expired-certificate", "resumption-tls12"), scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        var article = page.Locator("article").First;
        var arrow = article.Locator("[data-step]").Nth(1);
        await arrow.ClickAsync();
        Assert.Equal("true", await arrow.GetAttributeAsync("aria-pressed"));
        Assert.Equal(1, await article.Locator("details.step[open]").CountAsync());
        Assert.True(await article.Locator("details.step[open] dl").IsVisibleAsync());
        await article.Locator("[data-step]").Nth(2).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("false", await arrow.GetAttributeAsync("aria-pressed"));
        Assert.Equal("true", await article.Locator("[data-step]").Nth(2).GetAttributeAsync("aria-pressed"));
        await article.Locator("details.step[open] summary").ClickAsync();
        Assert.Equal(0, await article.Locator("details.step[open]").CountAsync());
        var (ink, ground) = (await Colour(page, "body", "color"), await Colour(page, "body", "backgroundColor"));
        Assert.Equal(scheme == "dark", ink > ground);
        var (text, field) = (await Colour(page, "svg .strong", "fill"), await Colour(page, "svg .page", "fill"));
        Assert.Equal(scheme == "dark", text > field);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task The_report_of_every_sample_opens_with_its_diagram_and_without_complaint()
    {
        foreach (var name in Gallery.Names)
        {
            var connections = Gallery.Read(name);
            var (page, complaints) = await OpenReport(connections, ColorScheme.Light);
            Assert.Equal(Drawing.WithoutAttempts(connections).Count, await page.Locator("article svg").CountAsync());
            Assert.True(complaints.Count == 0, $"{name}: {string.Join(" | ", complaints)}");
            await page.CloseAsync();
        }
    }

    [SkippableFact]
    public async Task The_table_of_the_report_is_searched_and_sorted()
    {
        var (page, complaints) = await OpenReport(Gallery.Read("tls13-success", "expired-certificate", "port-closed", "tls12-success"), ColorScheme.Light);
        var rows = page.Locator("#connections tbody tr");
        var all = await rows.CountAsync();
        await page.FillAsync("#search", "failed");
        var shown = await page.Locator("#connections tbody tr:visible").CountAsync();
        Assert.InRange(shown, 1, all - 1);
        Assert.Equal(shown, await page.Locator("article:visible").CountAsync());
        await page.FillAsync("#search", "");
        await page.ClickAsync("#connections th:nth-child(6) button");
        Assert.Equal("ascending", await page.GetAttributeAsync("#connections th:nth-child(6)", "aria-sort"));
        var times = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#connections tbody tr')].map(r => r.cells[5].dataset.value).filter(v => v !== '')");
        var numbers = times.Select(double.Parse).ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Names_from_the_wire_do_nothing_in_the_report()
    {
        var real = Gallery.Read("tls13-success")[0];
        var connections = HostileText.Known.Select(text => real with { Connection = HostileConnection.Of(real.Connection, text) }).ToList();
        var (page, complaints) = await OpenReport(connections, ColorScheme.Light);
        Assert.Null(await page.EvaluateAsync<string?>("() => window.pwned ?? null"));
        Assert.Equal(1, await page.Locator("script").CountAsync());
        Assert.Equal(0, await page.Locator("img, iframe, object, embed, a[href^=javascript], [onload], [onerror], [onfocus]").CountAsync());
        Assert.Empty(complaints);
    }

    private async Task<(IPage Page, List<string> Complaints)> OpenReport(List<Diagnosis.DiagnosedConnection> connections, ColorScheme scheme)
    {
        var file = Path.Combine(folder, "report.html");
        var report = new HtmlOutput().Render(connections, new OutputRequest { MaxConnections = 200 });
        await using (var stream = File.Create(file)) report.Files[0](stream);
        var page = await chromium.Open(scheme);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) complaints.Add(request.Url);
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return (page, complaints);
    }

    /// <summary>How light a colour is, 0 to 765.</summary>
    private static async Task<int> Colour(IPage page, string selector, string property)
        => await page.EvalOnSelectorAsync<int>(selector, "(e, p) => getComputedStyle(e)[p].match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)", property);
}
