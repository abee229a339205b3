using System.Text;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Markdown;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>What we write is drawn by the Mermaid versions that hosts run, and shows the texts of the model.</summary>
public sealed class MermaidAcceptsTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string> Versions => [.. MermaidVersion.All];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Every_sample_is_drawn_in_every_detail_with_the_texts_of_its_model(string version)
    {
        var cases = new List<(string Name, SequenceDiagram Diagram)>();
        foreach (var name in Gallery.Names)
        {
            var connections = Drawing.WithoutAttempts(Gallery.Read(name));
            foreach (var detail in Enum.GetValues<Detail>()) cases.Add(($"{name} ({detail})", new DiagramBuilder(new DiagramOptions(detail)).Build(connections)));
        }

        await chromium.ShowsTexts(version, cases);
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Overviews_timelines_and_later_parts_are_drawn(string version)
    {
        var all = Gallery.Names.SelectMany(name => Gallery.Read(name)).ToList();
        List<string> sources =
        [
            .. Drawing.Of(all, new DiagramOptions(), maxConnections: 8).Parts,
            .. Drawing.Of(all, new DiagramOptions(), maxConnections: 8, new MermaidProfile(1_900)).Parts,
            .. Drawing.Of(all.Take(4).ToList(), new DiagramOptions(), maxConnections: 8, new MermaidProfile(900)).Parts,
            .. Drawing.Of(all.Take(4).ToList(), new DiagramOptions(), maxConnections: 8, new MermaidProfile(IsLegacy: true)).Parts,
            .. TimelineDrawing.Of(all, new DiagramOptions(), new MermaidProfile()).Parts,
        ];
        foreach (var (drawn, source) in (await chromium.Draw(version, sources)).Zip(sources))
        {
            Assert.True(drawn.Error is null, $"{drawn.Error}\n{source}");
            Assert.Empty(drawn.Strange);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task What_a_sample_becomes_on_any_page_and_as_a_waterfall_is_drawn(string version)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Gallery.Names)
        {
            var connections = Gallery.Read(name);
            foreach (var (form, source) in FormsOf(connections)) sources.TryAdd(source, $"{name} ({form})");
        }

        foreach (var (drawn, source) in (await chromium.Draw(version, [.. sources.Keys])).Zip(sources.Keys))
        {
            Assert.True(drawn.Error is null, $"{sources[source]}: {drawn.Error}\n{source}");
            Assert.True(drawn.Strange.Count == 0, $"{sources[source]}: {string.Join(", ", drawn.Strange)}");
        }
    }

    /// <summary>The Mermaid sources in a page for each host in every detail, and in a waterfall; those of the plain form are drawn by another test.</summary>
    private static IEnumerable<(string Form, string Source)> FormsOf(List<DiagnosedConnection> connections)
    {
        var plain = new HashSet<string>(StringComparer.Ordinal);
        foreach (var detail in Enum.GetValues<Detail>())
        {
            var picture = new DiagramOptions(detail);
            plain.UnionWith(Drawing.Of(connections, picture, maxConnections: 8).Parts.Select(p => p.TrimEnd()));
            foreach (var host in Enum.GetValues<PageHost>())
            {
                var page = TextOf(new MarkdownOutput().Render(connections, new OutputRequest { Picture = picture, Host = host }));
                foreach (var block in Blocks(page).Where(b => !plain.Contains(b))) yield return ($"page for {host}, {detail}", block);
            }

            foreach (var part in TimelineDrawing.Of(connections, picture, new MermaidProfile()).Parts) yield return ($"waterfall, {detail}", part);
        }
    }

    private static string TextOf(RenderResult rendition)
    {
        using var memory = new MemoryStream();
        rendition.Files[0](memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static IEnumerable<string> Blocks(string page)
    {
        string? fence = null;
        var block = new StringBuilder();
        foreach (var line in page.Split('\n'))
        {
            if (fence is null)
            {
                if (line is "```mermaid" or "::: mermaid") fence = line[..3];
            }
            else if (line.StartsWith(fence, StringComparison.Ordinal))
            {
                yield return block.ToString().TrimEnd();
                block.Clear();
                fence = null;
            }
            else
            {
                block.Append(line).Append('\n');
            }
        }
    }
}
