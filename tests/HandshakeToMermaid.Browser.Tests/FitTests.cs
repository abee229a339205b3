using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Comparisons;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Every text stays within its box, and no label runs across a lifeline, whatever is drawn.</summary>
public sealed class FitTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly (string Name, DiagramOptions Options)[] Looks =
    [
        ("normal", new DiagramOptions()),
        ("brief", new DiagramOptions(Detail.Brief)),
        ("full", new DiagramOptions(Detail.Full)),
        ("explained", new DiagramOptions(Time: TimeStyle.Absolute, Title: "Incident 4711", Explain: true)),
    ];

    /// <summary>Every look in the version of code hosts; in others the usual one and the one with the most text: versions differ in how they lay out, looks in what.</summary>
    private static IEnumerable<(string Name, DiagramOptions Options)> LooksIn(string version)
        => !TestSet.IsAll ? Looks.Take(1) : version == MermaidVersion.OfGitHub ? Looks : Looks.Where(look => look.Name is "normal" or "full");

    public static TheoryData<string> Versions => [.. MermaidVersion.Measured];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task The_texts_of_every_sample_fit(string version)
        => await Fit(version, LooksIn(version), Gallery.Names.Select(name => (name, Reading.OfSample(name))));

    /// <summary>In the version that code hosts have and in the usual look: all of them in all versions take a quarter of an hour.</summary>
    [SkippableFact]
    public async Task The_texts_of_captures_of_others_fit()
    {
        TestSet.NeedsAll("captures of others");
        var folder = Checkout.Shared("captures");
        await Fit(MermaidVersion.OfGitHub, Looks.Take(1), Directory.EnumerateFiles(Path.Combine(folder, "captures")).Concat(Directory.EnumerateFiles(Path.Combine(folder, "everyday"), "*.pcap*"))
            .Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), Reading.Of(path))));
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task The_texts_of_comparisons_fit(string version)
    {
        var misfits = new List<string>();
        foreach (var batch in Comparisons().Chunk(Chromium.Batch))
        {
            var pictures = await chromium.Measure(version, batch.Select(c => MermaidRenderer.Render(new ComparisonDiagram(new DiagramOptions()).Build(c.Comparison))));
            foreach (var ((name, _), picture) in batch.Zip(pictures)) misfits.AddRange(picture.Overflows.Concat(picture.Crossings).Select(misfit => $"{name}: {misfit}"));
        }

        Assert.True(misfits.Count == 0, $"Mermaid {version}, {misfits.Count} misfits:\n{string.Join('\n', misfits)}");
    }

    /// <summary>Pairs that differ in one thing, every sample against a success, and several pairs in one picture with some left over.</summary>
    private static IEnumerable<(string Name, CaptureComparison Comparison)> Comparisons()
    {
        var pairs = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Comparison", "Pairs");
        foreach (var good in Directory.EnumerateFiles(pairs, "*-good.pcap").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(good)[..^"-good.pcap".Length];
            yield return (name, CaptureComparison.Of(Reading.Of(good), Reading.Of(Path.Combine(pairs, $"{name}-bad.pcap"))));
        }

        var success = Reading.OfSample("tls13-success");
        foreach (var name in Gallery.Names)
        {
            if (Reading.OfSample(name) is [var first, ..]) yield return (name, CaptureComparison.Of(success, [first]));
        }

        yield return ("several", CaptureComparison.Of(Reading.OfSample("browser-page"), Reading.OfSample("two-visits")));
    }

    /// <summary>Measures each capture as one diagram, as an overview and connection by connection, in each look, and reports all misfits at once.</summary>
    private async Task Fit(string version, IEnumerable<(string Name, DiagramOptions Options)> looks, IEnumerable<(string Name, List<DiagnosedConnection> Connections)> captures)
    {
        var misfits = new List<string>();
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in captures.Where(c => c.Connections.Count > 0).SelectMany(c => Sources(c.Connections, looks).Select(s => (c.Name, s.Look, s.Source))).Where(s => drawn.Add(s.Source)).Chunk(Chromium.Batch))
        {
            var pictures = await chromium.Measure(version, batch.Select(s => s.Source));
            foreach (var ((name, look, _), picture) in batch.Zip(pictures)) misfits.AddRange(picture.Overflows.Concat(picture.Crossings).Select(misfit => $"{name}, {look}: {misfit}"));
        }

        Assert.NotEmpty(drawn);
        Assert.True(misfits.Count == 0, $"Mermaid {version}, {misfits.Count} misfits in {drawn.Count} diagrams:\n{string.Join('\n', misfits)}");
    }

    private static IEnumerable<(string Look, string Source)> Sources(List<DiagnosedConnection> connections, IEnumerable<(string Name, DiagramOptions Options)> looks)
    {
        foreach (var (name, options) in looks)
        {
            foreach (var part in Drawing.Of(connections, options, maxConnections: 8).Parts) yield return (name, part);
            foreach (var single in connections.Take(MostSingle))
            {
                foreach (var part in Drawing.Of([single], options, maxConnections: 8).Parts) yield return ($"{name}, connection {single.Connection.Id}", part);
            }
        }

        if (connections.Count < 2) yield break;
        foreach (var part in Drawing.Of(connections, new DiagramOptions(), maxConnections: 1).Parts) yield return ("overview", part);
    }

    /// <summary>Captures of others hold hundreds of connections; those after the first few look alike.</summary>
    private const int MostSingle = 4;
}
