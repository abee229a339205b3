using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Markdown;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Pages that hosts show as meant, whatever was captured.</summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("www.example.com", "`www.example.com`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a`", "`` `a` ``")]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("a\\|b", "`a\\‹U+007C›b`")]
    [InlineData("", "`(empty)`")]
    [InlineData("@someone #1", "`@someone #1`")]
    public void A_captured_text_is_a_code_span(string text, string written) => Assert.Equal(written, MarkdownText.Code(text));

    [Theory]
    [InlineData("The certificate ended 2 days ago", "The certificate ended 2 days ago")]
    [InlineData("not for www.example.com, but for a.example", "not for `www.example.com`, but for `a.example`")]
    [InlineData("TLS 1.3 (resumed) in 23.9 ms.", "TLS 1.3 (resumed) in 23.9 ms.")]
    [InlineData("see @someone and #12", "see `@someone` and `#12`")]
    [InlineData("*bold* <b>", "`*bold* <b>`")]
    [InlineData("certificate_expired, alert 45", "`certificate_expired`, alert 45")]
    public void In_a_sentence_only_what_could_mean_something_is_a_code_span(string text, string written) => Assert.Equal(written, MarkdownText.Prose(text));

    [Fact]
    public void A_code_span_of_any_text_reads_back_and_ends_where_it_should()
    {
        var random = new Random(11);
        foreach (var text in HostileText.Known.Concat(Enumerable.Range(0, 2000).Select(_ => HostileText.Random(random))))
        {
            var code = MarkdownText.Code(text);
            var fence = code.TakeWhile(c => c == '`').Count();
            Assert.EndsWith(new string('`', fence), code, StringComparison.Ordinal);
            var inside = code[fence..^fence];
            Assert.DoesNotContain(Runs(inside), run => run == fence);
            Assert.DoesNotContain('\n', code);
            if (inside.StartsWith(" `", StringComparison.Ordinal) || inside.EndsWith("` ", StringComparison.Ordinal)) inside = inside[1..^1];
            Assert.Equal(VisibleText.Of(text), inside.Replace("\\|", "|", StringComparison.Ordinal).Replace("\\‹U+007C›", "\\|", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(PageHost.Any)]
    [InlineData(PageHost.GitHub)]
    [InlineData(PageHost.GitLab)]
    [InlineData(PageHost.Notion)]
    [InlineData(PageHost.Obsidian)]
    [InlineData(PageHost.Azure)]
    internal void Every_sample_is_a_page_for_every_host(PageHost host)
    {
        foreach (var name in Gallery.Names)
        {
            foreach (var detail in new[] { Detail.Brief, Detail.Normal, Detail.Full })
            {
                var page = Page(Gallery.Read(name), new OutputRequest { Host = host, Picture = new DiagramOptions(detail) });
                Assert.DoesNotContain("\n\n\n", page, StringComparison.Ordinal);
                Assert.Equal(host == PageHost.Azure, page.Contains("::: mermaid", StringComparison.Ordinal));
                Assert.Equal(host != PageHost.Azure, page.Contains("```mermaid", StringComparison.Ordinal));
                if (host == PageHost.Notion) Assert.DoesNotContain("|--", page, StringComparison.Ordinal);
                if (host == PageHost.Azure) Assert.DoesNotContain("accTitle", page, StringComparison.Ordinal);
                foreach (var block in Blocks(page)) Assert.InRange(block.Length, 1, host == PageHost.GitLab ? 1_990 : 49_000);
                Assert.Equal(page.Contains("<details>", StringComparison.Ordinal), page.Contains("</details>", StringComparison.Ordinal));
                Tables(page);
            }
        }
    }

    [Fact]
    public void Rows_link_to_the_diagrams_below()
    {
        var page = Page(Gallery.Read("resumption-tls12"), new OutputRequest());
        Assert.Contains("| [2](#connection-2) | `www.example.com` |", page, StringComparison.Ordinal);
        Assert.Contains("\n## Connection 2\n", page, StringComparison.Ordinal);
        Assert.Contains("[2](#Connection%202)", Page(Gallery.Read("resumption-tls12"), new OutputRequest { Host = PageHost.Obsidian }), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_are_tabled_at_full_detail_and_folded_away_for_github()
    {
        var connections = Gallery.Read("tls13-success");
        Assert.DoesNotContain("| No. |", Page(connections, new OutputRequest()), StringComparison.Ordinal);
        Assert.Contains("| No. |", Page(connections, new OutputRequest { Picture = new DiagramOptions(Detail.Full) }), StringComparison.Ordinal);
        Assert.Contains("<details><summary>Steps</summary>\n\n| No. |", Page(connections, new OutputRequest { Host = PageHost.GitHub }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PageHost.Any, 25)]
    [InlineData(PageHost.GitHub, 25)]
    [InlineData(PageHost.GitLab, 25)]
    [InlineData(PageHost.GitHub, 2000)]
    [InlineData(PageHost.GitLab, 2000)]
    [InlineData(PageHost.Notion, 2000)]
    internal void Two_thousand_connections_are_a_page_within_every_budget(PageHost host, int servers)
    {
        var connections = Reading.Of(ManyConnections.Pcap(2000, servers)).Connections;
        Assert.Equal(2000, connections.Count);
        var rendition = new MarkdownOutput().Render(connections, new OutputRequest { Host = host });
        var page = Text(rendition);
        Assert.InRange(page.Length, 1, host == PageHost.GitHub ? 65_000 : 400_000);
        foreach (var block in Blocks(page)) Assert.InRange(block.Length, 1, host == PageHost.GitLab ? 1_990 : 49_000);
        Assert.Contains("2000 connections", page, StringComparison.Ordinal);
        if (servers == 25) Assert.Contains("x 80, 22:13:20.", page, StringComparison.Ordinal);
        else Assert.Contains(rendition.Remarks, r => r.Contains("are not listed", StringComparison.Ordinal));
        Assert.NotEmpty(rendition.Remarks);
        Tables(page);
    }

    internal static string Text(RenderResult rendition)
    {
        using var stream = new MemoryStream();
        rendition.Files[0](stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Page(IReadOnlyList<HandshakeToMermaid.Diagnosis.DiagnosedConnection> connections, OutputRequest request)
        => Text(new MarkdownOutput().Render(connections, request));

    private static IEnumerable<string> Blocks(string page)
    {
        string[] fences = ["```mermaid\n", "::: mermaid\n"];
        foreach (var fence in fences)
        {
            foreach (var block in page.Split(fence).Skip(1)) yield return block.Split(fence[0] == '`' ? "\n```" : "\n:::")[0];
        }
    }

    /// <summary>Every row of a table has as many cells as its head.</summary>
    private static void Tables(string page)
    {
        var cells = 0;
        foreach (var line in page.Split('\n'))
        {
            var bars = line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
            if (!line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("|-", StringComparison.Ordinal)) cells = 0;
            else if (cells == 0) cells = bars;
            else Assert.True(bars == cells, line);
        }
    }

    private static IEnumerable<int> Runs(string text) => text.Split(text.Where(c => c != '`').Distinct().ToArray()).Select(run => run.Length).Where(n => n > 0);
}
