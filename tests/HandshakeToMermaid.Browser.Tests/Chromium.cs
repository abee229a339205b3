using Microsoft.Playwright;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>A real browser for the tests of one class, which run beside those of others; they are skipped where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Dictionary<string, IPage> pages = [];
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? whyNot;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (program is null)
        {
            whyNot = "needs a Chromium (apt-get install chromium), or its path in CHROMIUM";
            return;
        }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }

    /// <summary>A page that is off the network.</summary>
    internal async Task<IPage> Open(ColorScheme scheme = ColorScheme.Light, int width = 1280, float scale = 1)
    {
        Skip.If(browser is null, whyNot);
        var context = await browser!.NewContextAsync(new() { Offline = true, ColorScheme = scheme, DeviceScaleFactor = scale, ViewportSize = new() { Width = width, Height = 900 } });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A page that holds one Mermaid version.</summary>
    internal async Task<IPage> Mermaid(string version)
    {
        if (pages.TryGetValue(version, out var ready)) return ready;
        var page = await Open();
        await page.SetContentAsync("<!doctype html><meta charset=utf-8><body><div id=out style='visibility:hidden'></div></body>");
        await Prepare(page, version);
        return pages[version] = page;
    }

    /// <summary>Brings a Mermaid version into a page that has an element <c>out</c>.</summary>
    internal static async Task Prepare(IPage page, string version, string theme = "default")
    {
        await page.AddScriptTagAsync(new() { Path = MermaidVersion.ScriptOf(version) });
        await page.EvaluateAsync(Script, theme);
    }

    /// <summary>Draws sources by one version and measures each.</summary>
    internal async Task<List<Picture>> Measure(string version, IEnumerable<string> sources)
    {
        var page = await Mermaid(version);
        await page.EvaluateAsync("() => window.measure(true)");
        var pictures = await page.EvaluateAsync<System.Text.Json.JsonElement>($$"""
            async sources => {
              const pictures = [];
              for (const source of sources) { await window.paint(source); pictures.push(({{Ruler.Script}})()); }
              return pictures;
            }
            """, sources);
        return [.. pictures.EnumerateArray().Select(Ruler.Read)];
    }

    /// <summary>Draws sources by one version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="sources">What is drawn.</param>
    internal async Task<List<Drawn>> Draw(string version, IReadOnlyList<string> sources)
    {
        var page = await Mermaid(version);
        // Only the texts are asked for and not where they stand: measuring takes most of the time.
        await page.EvaluateAsync("() => window.measure(false)");
        var drawn = new List<Drawn>(sources.Count);
        foreach (var batch in sources.Chunk(Batch))
        {
            foreach (var result in (await page.EvaluateAsync<System.Text.Json.JsonElement>("sources => window.drawAll(sources)", batch)).EnumerateArray())
            {
                drawn.Add(new Drawn(
                    result.GetProperty("error").GetString(),
                    [.. result.GetProperty("texts").EnumerateArray().Select(t => t.GetString()!).Order(StringComparer.Ordinal)],
                    [.. result.GetProperty("strange").EnumerateArray().Select(t => t.GetString()!)]));
            }
        }
        return drawn;
    }

    /// <summary>Diagrams that one call into a page draws: calls cost more than small diagrams.</summary>
    internal const int Batch = 20;

    /// <summary>Milliseconds after which a page that does not answer is given up: other tests and builds may have the processor.</summary>
    private const int Patience = 180_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private const string Script = """
        theme => {
          const mermaid = window.mermaid;
          mermaid.initialize({ startOnLoad: false, theme, securityLevel: 'strict', suppressErrorRendering: true, maxTextSize: 50000 });
          let count = 0;
          // Mermaid 9 hands its picture to a callback.
          const paint = async source => {
            const id = 'd' + count++;
            if (mermaid.run) return (await mermaid.render(id, source)).svg;
            return new Promise((done, fail) => { try { mermaid.mermaidAPI.render(id, source, done); } catch (error) { fail(error); } });
          };
          window.paint = async source => document.getElementById('out').innerHTML = await paint(source);
          const draw = async source => {
            const result = { error: null, texts: [], strange: [] };
            try {
              const svg = await paint(source);
              const out = document.getElementById('out');
              out.innerHTML = svg;
              const xml = new DOMParser().parseFromString(svg, 'image/svg+xml');
              if (xml.getElementsByTagName('parsererror').length) result.strange.push('the SVG is no XML: ' + xml.getElementsByTagName('parsererror')[0].textContent.slice(0, 200));
              for (const text of out.querySelectorAll('svg text')) {
                if (!text.classList.contains('sequenceNumber')) result.texts.push(text.textContent);
              }
              for (const name of ['foreignObject', 'script', 'image', 'img', 'a', 'iframe', 'math']) {
                if (out.querySelector(name)) result.strange.push('<' + name + '>');
              }
              if (/error-icon|Syntax error|Maximum text size/.test(svg) && out.querySelector('.error-icon, .error-text')) result.strange.push('an error picture');
              if (window.pwned) result.strange.push('a script ran');
            } catch (error) {
              result.error = String(error?.message ?? error);
            }
            return result;
          };
          const box = SVGGraphicsElement.prototype.getBBox;
          window.measure = measures => {
            SVGGraphicsElement.prototype.getBBox = measures ? box : () => ({ x: 0, y: 0, width: 60, height: 16 });
          };
          window.drawAll = async sources => {
            const results = [];
            for (const source of sources) results.push(await draw(source));
            return results;
          };
        }
        """;
}
