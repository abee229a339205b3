using System.Diagnostics;
using System.Globalization;
using System.Text;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Tests;
using HandshakeToMermaid.Tests.Cases;
using Microsoft.Playwright;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>
/// Makes the pictures to look at, and the table of <c>tests/README.md</c>: with <c>PICTURES=FOLDER</c> every scenario in light and dark at the
/// widths of a page's column, a half one and a phone. <c>BEFORE=H2M</c> names an older program to compare with; without it the table keeps its sizes.
/// </summary>
public sealed class PicturesTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>The column of a GitHub page, of an issue beside its sidebar, and of a phone, in pixels.</summary>
    private static readonly int[] Widths = [1012, 708, 358];

    [SkippableFact]
    public async Task Every_scenario_is_painted_and_measured()
    {
        var folder = Environment.GetEnvironmentVariable("PICTURES");
        Skip.If(string.IsNullOrEmpty(folder), "needs PICTURES, the folder for the pictures");
        folder = Path.GetFullPath(folder!, Checkout.Root);
        Directory.CreateDirectory(folder);
        var (light, dark) = (await Open(ColorScheme.Light, "#ffffff", "default"), await Open(ColorScheme.Dark, "#0d1117", "dark"));
        var readme = Checkout.PathOf("tests", "README.md");
        var page = await File.ReadAllTextAsync(readme);
        var table = new StringBuilder($"\n{Heading}\n");
        foreach (var scenario in Scenario.All)
        {
            var source = Drawing.Of(Reading.OfSample(scenario.Sample), new DiagramOptions(), scenario.MaxConnections).Text;
            var before = await Before(scenario) ?? Cell(page, scenario.Name) ?? "";
            table.Append(await Row(scenario.Name, before, source));
            await Paint(light, source, Path.Combine(folder, $"{scenario.Sample}.light"));
            await Paint(dark, source, Path.Combine(folder, $"{scenario.Sample}.dark"));
        }

        await File.WriteAllTextAsync(readme, $"{page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)]}{table}{page[page.IndexOf(End, StringComparison.Ordinal)..]}");
    }

    /// <summary>Size before and after, the smallest text at each width, and what does not fit in any version.</summary>
    private async Task<string> Row(string name, string before, string source)
    {
        int overflows = 0, crossings = 0;
        foreach (var version in MermaidVersion.Measured)
        {
            var picture = await Measure(version, source);
            overflows += picture.Overflows.Count;
            crossings += picture.Crossings.Count;
        }

        var shown = await Measure(Host, source);
        var texts = Widths.Select(w => Number(shown.SmallestFont * Math.Min(1, w / shown.Width)));
        return $"| {name} | {before} | {Size(shown)} | {string.Join(" | ", texts)} | {overflows} | {crossings} |\n";
    }

    private async Task<Picture> Measure(string version, string source) => (await chromium.Measure(version, [source]))[0];

    private async Task<string?> Before(Scenario scenario)
    {
        if (Environment.GetEnvironmentVariable("BEFORE") is not { Length: > 0 } program) return null;
        var folder = Checkout.PathOf("samples", scenario.Sample);
        List<string> arguments = ["convert", Directory.EnumerateFiles(folder, "capture.pcap*").First(), "--quiet", "--max-connections", $"{scenario.MaxConnections}"];
        if (File.Exists(Path.Combine(folder, "keys.log"))) arguments.AddRange(["--key-log", Path.Combine(folder, "keys.log")]);
        using var older = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var source = await older.StandardOutput.ReadToEndAsync();
        await older.WaitForExitAsync();
        return Size(await Measure(Host, source));
    }

    /// <summary>A page with GitHub's colours.</summary>
    private async Task<IPage> Open(ColorScheme scheme, string ground, string theme)
    {
        var page = await chromium.Open(scheme, scale: 2);
        await page.SetContentAsync($"<!doctype html><meta charset=utf-8><body style='margin:0;background:{ground}'><div id=out></div></body>");
        await Chromium.Prepare(page, Host, theme);
        return page;
    }

    private static async Task Paint(IPage page, string source, string path)
    {
        await page.EvaluateAsync("source => window.paint(source)", source);
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.Locator("#out").ScreenshotAsync(new() { Path = $"{path}.{width}.png" });
        }
    }

    private static string Size(Picture picture) => string.Create(CultureInfo.InvariantCulture, $"{picture.Width:0} x {picture.Height:0}");

    private static string Number(double pixels) => pixels.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The size before, as the table has it; null where the scenario is new.</summary>
    private static string? Cell(string page, string name)
        => page.Split('\n').FirstOrDefault(l => l.StartsWith($"| {name} |", StringComparison.Ordinal))?.Split('|')[2].Trim();

    /// <summary>The version that GitHub runs.</summary>
    private const string Host = MermaidVersion.OfGitHub;

    private const string Begin = "<!-- pictures:begin -->";
    private const string End = "<!-- pictures:end -->";

    private const string Heading = """
        | scenario | before | now | text at 1012 px | at 708 px | at 358 px | overflows | crossings |
        |:--|--:|--:|--:|--:|--:|--:|--:|
        """;
}
