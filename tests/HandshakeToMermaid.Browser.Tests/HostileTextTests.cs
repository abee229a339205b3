using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Text from the wire in the Mermaid versions that hosts run.</summary>
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableTheory]
    [InlineData("10.9.8", 2_000)]
    [InlineData("11.16.0", 10_000)]
    [InlineData("12.3.0", 2_000)]
    public async Task Any_text_in_any_position_shows_exactly_and_does_nothing(string version, int count)
    {
        var random = new Random(7);
        var texts = HostileText.Known.Concat(Enumerable.Range(0, TestSet.IsAll ? count : count / 20).Select(_ => HostileText.Random(random)));
        await chromium.ShowsTexts(version, [.. texts.Chunk(12).Select((t, i) => ($"texts from {i * 12} on", Hostile(t)))]);
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
