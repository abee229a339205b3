using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Samples;

/// <summary>The gallery: every sample is drawn again and must give the diagram that stands beside it.</summary>
public sealed partial class SamplesTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateDirectories(Checkout.PathOf("samples"))
        .Where(d => CaptureOf(d) is not null).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_drawn_as_its_diagram_shows(string name)
    {
        var folder = Checkout.PathOf("samples", name);
        var drawing = Drawing.Of(Read(folder), new DiagramOptions(), maxConnections: 8);
        Golden.Verify(drawing.Text, Path.Combine(folder, "diagram.mmd"));
        VerifyReadme(drawing.Text, Path.Combine(folder, "README.md"));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_connection_of_a_sample_stays_within_what_every_host_shows_at_once(string name)
    {
        foreach (var connection in Read(Checkout.PathOf("samples", name)))
        {
            var drawing = Drawing.Of([connection], new DiagramOptions(), maxConnections: 8);
            Assert.InRange(drawing.Text.Length, 1, 1900);
        }
    }

    [Fact]
    public void The_front_page_shows_a_sample()
    {
        var drawing = Drawing.Of(Read(Checkout.PathOf("samples", "expired-certificate")), new DiagramOptions(), maxConnections: 8);
        VerifyReadme(drawing.Text, Checkout.PathOf("README.md"));
    }

    [Fact]
    public void There_are_samples_of_every_basic_outcome() => Assert.InRange(Samples.Count, 14, 200);

    private static List<DiagnosedConnection> Read(string folder) => Reading.OfSample(Path.GetFileName(folder));

    /// <summary>The page that shows a sample holds its diagram between two markers, which <c>h2m embed</c> redraws as well.</summary>
    private static void VerifyReadme(string diagram, string path)
    {
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var marker = Marker().Match(page);
        Assert.True(marker.Success, $"{path} has no place for its diagram: <!-- h2m: CAPTURE --> ... {End}");
        Golden.Verify($"{page[..marker.Groups["inside"].Index]}```mermaid\n{diagram}```\n{page[(marker.Length + marker.Index)..]}", path);
    }

    private static string? CaptureOf(string folder)
        => Directory.EnumerateFiles(folder, "capture.pcap*").FirstOrDefault();

    [GeneratedRegex(@"^<!-- h2m: [^\n]*-->\n(?<inside>.*?)(?=^<!-- /h2m -->)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();

    private const string End = "<!-- /h2m -->";
}
