using System.Text;
using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Markdown;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>What a report says and keeps to itself; how it looks and works is tested in a browser.</summary>
public sealed class HtmlOutputTests
{
    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    public void A_report_names_captures_without_the_directories_of_whoever_made_it(string form)
    {
        var page = Render(form == "html" ? new HtmlOutput() : new MarkdownOutput(), "expired-certificate", "tls13-success");
        Assert.Contains("capture.pcap", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(Gallery.PathOf("expired-certificate"))!, page, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-certificate/", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_connection_is_in_the_list_and_has_a_diagram_with_its_source()
    {
        var page = Render(new HtmlOutput(), "expired-certificate", "tls13-success", "port-closed");
        foreach (var id in new[] { 1, 2, 3 })
        {
            Assert.Contains($"href=\"#connection-{id}\"", page, StringComparison.Ordinal);
            Assert.Contains($"<article id=\"connection-{id}\"", page, StringComparison.Ordinal);
        }

        Assert.Equal(4, page.Split("<pre hidden>sequenceDiagram\n").Length - 1);
        Assert.Equal(4, page.Split("data-copy=\"svg\"").Length - 1);
    }

    [Fact]
    public void One_connection_needs_no_list()
    {
        var page = Render(new HtmlOutput(), "expired-certificate");
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"overview\"", page, StringComparison.Ordinal);
    }

    private static string Render(IDiagramOutput output, params string[] samples)
    {
        using var memory = new MemoryStream();
        output.Render(Gallery.Read(samples), new OutputRequest()).Files[0](memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
