using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Documentation;

/// <summary>What the pages for people and the map of the code promise.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "src/README.md", "samples/README.md", "templates/README.md", "tests/README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", ".github/CHANGELOG.md",
        .. Directory.EnumerateFiles(Checkout.PathOf("src", "decisions"), "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Checkout.Root, f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Checkout.PathOf(page))!;
        var targets = Link().Matches(File.ReadAllText(Checkout.PathOf(page))).Select(m => m.Groups["target"].Value.Split('#')[0]);
        Assert.DoesNotContain(targets.Where(t => t.Length > 0 && !t.Contains("://", StringComparison.Ordinal)), t => !Path.Exists(Path.Combine(folder, t)));
    }

    [Fact]
    public void A_ClientHello_walks_through_at_most_25_files_each_once()
    {
        var map = File.ReadAllText(Checkout.PathOf("src", "README.md"));
        var walk = map[map.IndexOf("## The walk", StringComparison.Ordinal)..map.IndexOf("## Glossary", StringComparison.Ordinal)];
        var files = Link().Matches(walk).Select(m => m.Groups["target"].Value).ToList();
        Assert.InRange(files.Count, 10, 25);
        Assert.Equal(files.Count, files.Distinct().Count());
    }

    [Fact]
    public void The_map_of_the_code_stays_short() => Assert.InRange(File.ReadAllLines(Checkout.PathOf("src", "README.md")).Length, 1, 149);

    [Fact]
    public void The_list_of_decisions_names_each_of_them_once()
    {
        var folder = Checkout.PathOf("src", "decisions");
        var listed = Decision().Matches(File.ReadAllText(Path.Combine(folder, "README.md")))
            .Select(m => (Number: m.Groups["number"].Value, Title: m.Groups["title"].Value, Path: m.Groups["path"].Value)).ToList();
        var written = Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles).Select(f => (Heading: Heading().Match(File.ReadAllText(f)), File: f))
            .Select(d => (Number: d.Heading.Groups["number"].Value, Title: d.Heading.Groups["title"].Value, Path: Path.GetRelativePath(folder, d.File).Replace(Path.DirectorySeparatorChar, '/')));
        Assert.Equal(written.OrderBy(d => d.Path, StringComparer.Ordinal), listed.OrderBy(d => d.Path, StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.DistinctBy(d => d.Number).Count());
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^- (?<number>\d+)\. \[(?<title>.+)\]\((?<path>[^)]+)\)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Decision();

    [GeneratedRegex(@"\A# Decision (?<number>\d+): (?<title>[^\r\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
