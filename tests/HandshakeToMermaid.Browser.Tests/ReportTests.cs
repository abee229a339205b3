using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Tests.Builders;
using Microsoft.Playwright;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>The HTML report: opened from disk without a network, read by mouse, keyboard, phone and printer.</summary>
public sealed class ReportTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableTheory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task It_opens_offline_and_shows_the_facts_of_a_step(string scheme)
    {
        await using var report = await OpenReport.Of(chromium, Gallery.Read("tls13-success"), scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        var page = report.Page;
        var arrow = page.Locator("[data-step]").Nth(1);
        await arrow.ClickAsync();
        Assert.Equal("true", await arrow.GetAttributeAsync("aria-pressed"));
        Assert.Equal(1, await page.Locator("details.step[open]").CountAsync());
        Assert.True(await page.Locator("details.step[open] dl").IsVisibleAsync());
        await page.Locator("[data-step]").Nth(2).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("false", await arrow.GetAttributeAsync("aria-pressed"));
        Assert.Equal("true", await page.Locator("[data-step]").Nth(2).GetAttributeAsync("aria-pressed"));
        await page.Locator("details.step[open] summary").ClickAsync();
        Assert.Equal(0, await page.Locator("details.step[open]").CountAsync());
        Assert.Equal(scheme == "dark", await report.Lightness("body", "color") > await report.Lightness("body", "backgroundColor"));
        Assert.Equal(scheme == "dark", await report.Lightness("svg .strong", "fill") > await report.Lightness("svg .page", "fill"));
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task The_report_of_every_sample_opens_with_its_diagrams_and_without_complaint()
    {
        foreach (var name in Gallery.Names)
        {
            var connections = Gallery.Read(name);
            await using var report = await OpenReport.Of(chromium, connections);
            Assert.Equal(Drawing.WithoutAttempts(connections).Count, await report.Page.Locator("article:not(#overview) svg").CountAsync());
            Assert.Equal(1, await report.Page.Locator("article:visible").CountAsync());
            Assert.True(report.Complaints.Count == 0, $"{name}: {string.Join(" | ", report.Complaints)}");
        }
    }

    [SkippableFact]
    public async Task A_connection_is_chosen_from_the_list_by_mouse_and_by_address()
    {
        await using var report = await OpenReport.Of(chromium, Several());
        Assert.Equal("overview", await report.Shown());
        await report.Page.ClickAsync(".entry.bad >> nth=0");
        var chosen = await report.Chosen();
        Assert.Equal((chosen, $"#{chosen}"), (await report.Shown(), await report.Page.EvaluateAsync<string>("() => location.hash")));
        await report.Page.EvaluateAsync("() => { location.hash = '#step-1-2'; }");
        await report.Page.WaitForFunctionAsync("() => document.querySelector('#connection-1').offsetHeight > 0");
        Assert.Equal("connection-1", await report.Shown());
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Arrow_keys_go_through_the_list_Enter_goes_into_a_connection_and_Escape_comes_back()
    {
        await using var report = await OpenReport.Of(chromium, Several());
        var page = report.Page;
        await page.FocusAsync(".entry.all");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        var second = await page.EvaluateAsync<string>("() => document.querySelectorAll('#connections .entry')[1].hash.slice(1)");
        Assert.Equal((second, second), (await report.Chosen(), await report.Shown()));
        Assert.Equal(second, await Focused(page));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal($"title-{second[11..]}", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(second, await Focused(page));
        await page.Keyboard.PressAsync("End");
        Assert.Equal(await page.EvaluateAsync<string>("() => [...document.querySelectorAll('#connections .entry')].pop().hash.slice(1)"), await report.Shown());
        await page.Keyboard.PressAsync("Home");
        Assert.Equal("overview", await report.Shown());
        Assert.Equal(1, await page.Locator(".entry[tabindex='0']").CountAsync());
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task The_list_is_filtered_by_text_and_by_outcome_and_put_in_order()
    {
        await using var report = await OpenReport.Of(chromium, Several());
        var page = report.Page;
        var all = await page.Locator("#connections li").CountAsync();
        await page.FillAsync("#search", "EXPIRED certificate");
        Assert.Equal(1, await page.Locator("#connections li:visible").CountAsync());
        Assert.Equal($"1 of {all} shown", await page.TextContentAsync("#count"));
        await page.PressAsync("#search", "Enter");
        Assert.Contains("expired", await page.TextContentAsync(".entry[aria-current=true]"), StringComparison.Ordinal);
        await page.FillAsync("#search", "");
        var failed = page.Locator("[data-kind=bad]");
        await failed.ClickAsync();
        Assert.Equal($"✗ Failed {await page.Locator("#connections li:visible").CountAsync()}", await failed.TextContentAsync());
        Assert.Equal("true", await failed.GetAttributeAsync("aria-pressed"));
        Assert.Equal(0, await page.Locator("#connections .good:visible").CountAsync());
        await page.ClickAsync("[data-kind='']");
        Assert.Equal(all, await page.Locator("#connections li:visible").CountAsync());
        await page.SelectOptionAsync("#order", "took");
        var times = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('#connections .entry')].map(e => e.dataset.took === '' ? -1 : +e.dataset.took)");
        Assert.Equal(times.OrderDescending(), times);
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task A_button_copies_the_mermaid_source_and_one_the_picture_as_a_file_of_its_own()
    {
        var connections = Gallery.Read("expired-certificate");
        await using var report = await OpenReport.Of(chromium, connections);
        var page = report.Page;
        await page.EvaluateAsync("() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }");
        await page.ClickAsync("[data-copy=mermaid]");
        Assert.Equal("Copied", await page.TextContentAsync(".copies [role=status]"));
        Assert.Equal(Drawing.Of(connections, new DiagramOptions(), 1).Parts.Single(), await page.EvaluateAsync<string>("() => window.copied"));
        await page.ClickAsync("[data-copy=svg]");
        var svg = System.Xml.Linq.XDocument.Parse(await page.EvaluateAsync<string>("() => window.copied")).Root!;
        Assert.Equal(("svg", "img"), (svg.Name.LocalName, svg.Attribute("role")!.Value));
        Assert.Contains(svg.Elements(), e => e.Name.LocalName == "style" && e.Value.Contains(".h2m text", StringComparison.Ordinal));
        Assert.DoesNotContain(svg.DescendantsAndSelf().SelectMany(e => e.Attributes()), a => a.Name.LocalName is "tabindex" or "data-step" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Without_a_clipboard_copying_still_works_or_says_that_it_does_not()
    {
        await using var report = await OpenReport.Of(chromium, Gallery.Read("port-closed"));
        await report.Page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false; }");
        await report.Page.ClickAsync("[data-copy=mermaid]");
        Assert.Equal("Not copied: the browser refused", await report.Page.TextContentAsync(".copies [role=status]"));
    }

    [SkippableFact]
    public async Task A_narrow_page_scrolls_its_pictures_and_no_text_is_smaller_than_12_pixels()
    {
        await using var report = await OpenReport.Of(chromium, Several(), width: 390);
        foreach (var id in await report.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.entry')].map(e => e.hash.slice(1))"))
        {
            await report.Page.EvaluateAsync("id => { location.hash = '#' + id; }", id);
            await report.Page.WaitForFunctionAsync("id => document.getElementById(id).offsetHeight > 0", id);
            Assert.True(await report.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), id);
            var smallest = await report.Page.EvaluateAsync<double>("""
                id => Math.min(...[...document.getElementById(id).querySelectorAll('svg text')].map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))
                """, id);
            Assert.True(smallest >= 11.99, $"{id}: {smallest} px");
        }
    }

    [SkippableFact]
    public async Task Paper_gets_every_connection_on_a_page_of_its_own_in_light_colours()
    {
        await using var report = await OpenReport.Of(chromium, Several(), ColorScheme.Dark);
        await report.Page.FillAsync("#search", "expired");
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(await report.Page.Locator("article").CountAsync(), await report.Page.Locator("article:visible").CountAsync());
        Assert.Equal(await report.Page.Locator("#connections li").CountAsync(), await report.Page.Locator("#connections li:visible").CountAsync());
        Assert.Equal(0, await report.Page.Locator("button:visible, input:visible, select:visible").CountAsync());
        Assert.Equal("page", await report.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('article')).breakBefore"));
        Assert.True(await report.Lightness("svg .strong", "fill") < await report.Lightness("svg .page", "fill"));
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task What_is_listed_without_a_diagram_says_so()
    {
        await using var report = await OpenReport.Of(chromium, Several(), request: new OutputRequest { MaxConnections = 1 });
        var number = await report.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('#connections .entry')].find(e => !document.getElementById(e.hash.slice(1))).dataset.id");
        await report.Page.ClickAsync($".entry[data-id='{number}']");
        Assert.StartsWith($"Connection {number} is listed without a diagram", await report.Page.TextContentAsync("#undrawn"), StringComparison.Ordinal);
        Assert.Equal("", await report.Shown());
    }

    [SkippableFact]
    public async Task Names_from_the_wire_do_nothing()
    {
        var real = Gallery.Read("tls13-success")[0];
        var connections = HostileText.Known.Select(text => real with { Connection = HostileConnection.Of(real.Connection, text) }).ToList();
        await using var report = await OpenReport.Of(chromium, connections);
        Assert.Null(await report.Page.EvaluateAsync<string?>("() => window.pwned ?? null"));
        Assert.Equal(1, await report.Page.Locator("script").CountAsync());
        Assert.Equal(0, await report.Page.Locator("img, iframe, object, embed, a[href^=javascript], [onload], [onerror], [onfocus]").CountAsync());
        Assert.Empty(report.Complaints);
    }

    private static List<Diagnosis.DiagnosedConnection> Several() => Gallery.Read("tls13-success", "expired-certificate", "port-closed", "tls12-success", "wrong-name");

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("() => (document.activeElement.hash ?? '').slice(1)");
}
