using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Compares what Mermaid draws with what the model says.</summary>
internal static class ShownTexts
{
    /// <summary>Asserts that a version draws diagrams with exactly the texts of their models.</summary>
    /// <param name="chromium">Where they are drawn.</param>
    /// <param name="version">The version of Mermaid.</param>
    /// <param name="cases">The diagrams, each with a name for the report.</param>
    public static async Task ShowsTexts(this Chromium chromium, string version, IReadOnlyList<(string Name, SequenceDiagram Diagram)> cases)
    {
        var sources = cases.Select(c => MermaidRenderer.Render(c.Diagram)).ToList();
        var all = await chromium.Draw(version, sources);
        var wrong = new List<string>();
        for (var i = 0; i < all.Count; i++)
        {
            var (name, diagram) = cases[i];
            if (all[i].Error is { } error) wrong.Add($"{name}: {error}\n{sources[i]}");
            if (all[i].Strange.Count > 0) wrong.Add($"{name}: {string.Join(", ", all[i].Strange)}\n{sources[i]}");
            if (all[i].Error is not null) continue;
            var expected = DiagramTexts.Of(diagram, participantsTimes: 2);
            var missing = expected.Except(all[i].Texts).Take(5).ToList();
            var extra = all[i].Texts.Except(expected).Take(5).ToList();
            if (missing.Count + extra.Count > 0 || expected.Count != all[i].Texts.Count)
                wrong.Add($"{name}: {expected.Count} lines expected, {all[i].Texts.Count} found; missing [{string.Join(" | ", missing)}], not ours [{string.Join(" | ", extra)}]");
        }

        Assert.True(wrong.Count == 0, $"Mermaid {version}, {wrong.Count} of {all.Count}:\n{string.Join('\n', wrong.Take(5))}");
    }
}
