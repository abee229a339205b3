using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols;
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
            [new DiagramPart(new Note(left, right, [texts[0]]), [new Band(BandKind.Tls, new Note(left, right, [texts[^1]]), [.. items])], new Note(left, right, [texts[texts.Length / 2]]))]);
    }
}
