using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Outputs;
using Microsoft.Playwright;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>A report that was written to disk and is open in a browser without a network.</summary>
/// <param name="Page">The page.</param>
/// <param name="Complaints">What a browser says about a page that breaks its own content policy, fails, or asks for anything.</param>
internal sealed record OpenReport(IPage Page, List<string> Complaints) : IAsyncDisposable
{
    /// <summary>Writes and opens it.</summary>
    public static async Task<OpenReport> Of(Chromium chromium, List<DiagnosedConnection> connections, ColorScheme scheme = ColorScheme.Light, int width = 1280, OutputRequest? request = null)
    {
        var folder = Directory.CreateTempSubdirectory("h2m").FullName;
        try
        {
            var file = Path.Combine(folder, "report.html");
            await using (var stream = File.Create(file)) new HtmlOutput().Render(connections, request ?? new OutputRequest { MaxConnections = 200 }).Files[0](stream);
            var report = new OpenReport(await chromium.Open(scheme, width), []);
            await report.Load(file);
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    /// <summary>How light a colour is, 0 to 765.</summary>
    public Task<int> Lightness(string selector, string property)
        => Page.EvalOnSelectorAsync<int>(selector, "(e, p) => getComputedStyle(e)[p].match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)", property);

    /// <summary>The number of the connection that is shown.</summary>
    public Task<string> Shown() => Page.EvaluateAsync<string>("() => [...document.querySelectorAll('article')].filter(a => a.offsetHeight > 0).map(a => a.id).join()");

    /// <summary>The id of what the chosen entry of the list leads to.</summary>
    public Task<string> Chosen() => Page.EvaluateAsync<string>("() => [...document.querySelectorAll('.entry[aria-current=true]')].map(e => e.hash.slice(1)).join()");

    private async Task Load(string file)
    {
        Page.Console += (_, message) => Complaints.Add(message.Text);
        Page.PageError += (_, error) => Complaints.Add(error);
        Page.Dialog += (_, dialog) => Complaints.Add(dialog.Message);
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Complaints.Add(request.Url);
        };
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
    }
}
