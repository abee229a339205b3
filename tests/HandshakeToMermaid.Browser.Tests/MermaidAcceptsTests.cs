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
[Collection(BrowserTests.Name)]
public sealed class MermaidAcceptsTests(Chromium chromium)
{
    public static TheoryData<string> Versions => [.. MermaidVersion.All];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Every_sample_is_drawn_in_every_detail_with_the_texts_of_its_model(string version)
    {
        var names = new List<string>();
        var sources = new List<string>();
        var diagrams = new List<SequenceDiagram>();
        foreach (var name in Gallery.Names)
        {
            var connections = Drawing.WithoutAttempts(Gallery.Read(name));
            foreach (var detail in new[] { Detail.Brief, Detail.Normal, Detail.Full })
            {
                var diagram = new DiagramBuilder(new DiagramOptions(detail)).Build(connections);
                names.Add($"{name} ({detail})");
                diagrams.Add(diagram);
                sources.Add(MermaidRenderer.Render(diagram));
            }
        }
        await Compare(version, names, diagrams, sources);
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

    [SkippableTheory]
    [InlineData("10.9.8", 2_000)]
    [InlineData("11.16.0", 10_000)]
    [InlineData("12.3.0", 2_000)]
    public async Task Any_text_in_any_position_shows_exactly_and_does_nothing(string version, int count)
    {
        var random = new Random(7);
        var texts = HostileText.Known.Concat(Enumerable.Range(0, count).Select(_ => HostileText.Random(random))).ToList();
        var diagrams = texts.Chunk(12).Select(Hostile).ToList();
        var names = diagrams.Select((_, i) => $"texts from {i * 12} on").ToList();
        await Compare(version, names, diagrams, [.. diagrams.Select(d => MermaidRenderer.Render(d))], measures: false);
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

    private async Task Compare(string version, List<string> names, List<SequenceDiagram> diagrams, List<string> sources, bool measures = true)
    {
        var wrong = new List<string>();
        var all = await chromium.Draw(version, sources, measures);
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Error is { } error) wrong.Add($"{names[i]}: {error}\n{sources[i]}");
            if (all[i].Strange.Count > 0) wrong.Add($"{names[i]}: {string.Join(", ", all[i].Strange)}\n{sources[i]}");
            if (all[i].Error is not null) continue;
            var expected = DiagramTexts.Of(diagrams[i], participantsTimes: 2);
            var missing = expected.Except(all[i].Texts).Take(5).ToList();
            var extra = all[i].Texts.Except(expected).Take(5).ToList();
            if (missing.Count + extra.Count > 0 || expected.Count != all[i].Texts.Count)
                wrong.Add($"{names[i]}: {expected.Count} lines expected, {all[i].Texts.Count} found; missing [{string.Join(" | ", missing)}], not ours [{string.Join(" | ", extra)}]");
        }
        Assert.True(wrong.Count == 0, $"Mermaid {version}, {wrong.Count} of {all.Count}:\n{string.Join('\n', wrong.Take(5))}");
    }

    /// <summary>Each text as title, description, participant, message, second line, note, header, heading and verdict.</summary>
    private static SequenceDiagram Hostile(string[] texts)
    {
        var participants = texts.Select((t, i) => new Participant($"P{i}", [t, "address"])).ToList();
        if (participants.Count == 1) participants.Add(new Participant("Q", ["other"]));
        var (left, right) = (participants[0].Id, participants[^1].Id);
        var items = texts.SelectMany(t => new DiagramItem[]
        {
            new Arrow(left, right, [t], IsAnswer: false, IsDeadEnd: false, []),
            new Arrow(right, left, ["first", t], IsAnswer: true, IsDeadEnd: true, []),
            new Note(left, right, [t, "last"]),
        });
        return new SequenceDiagram(
            texts[0],
            texts[^1],
            participants,
            [new DiagramPart(new Note(left, right, [texts[0]]), null, [new Band(BandColor.Purple, new Note(left, right, [texts[^1]]), [.. items])], new Band(BandColor.Succeeded, new Note(left, right, [texts[texts.Length / 2]]), []))]);
    }
}
