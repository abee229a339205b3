namespace HandshakeToMermaid.Cli.Tests;

/// <summary>h2m embed: diagrams in Markdown files are kept current, and nothing else is touched.</summary>
public sealed class EmbedTests : IDisposable
{
    private readonly string outside = Directory.CreateTempSubdirectory("h2m").FullName;
    private readonly string folder;

    public EmbedTests()
    {
        folder = Directory.CreateDirectory(Path.Combine(outside, "repository")).FullName;
        Directory.CreateDirectory(In(".git"));
        File.Copy(H2m.Sample("expired-certificate"), In("expired.pcap"));
        File.Copy(H2m.Sample("nxdomain"), In("nxdomain.pcap"));
        File.Copy(H2m.Sample("port-closed"), Path.Combine(outside, "other.pcap"));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(outside, recursive: true);

    [Fact]
    public void The_pages_of_this_repository_are_current()
    {
        string[] pages = ["README.md", "samples/README.md", .. Directory.EnumerateFiles(Path.Combine(H2m.Root, "samples"), "README.md", SearchOption.AllDirectories)];
        var (code, output, error) = H2m.Run(["embed", "--check", .. pages.Select(p => Path.GetFullPath(p, H2m.Root)).Distinct()]);
        Assert.Equal((ExitCode.Done, "", ""), (code, output, error));
    }

    [Fact]
    public void A_stale_page_fails_and_is_left_as_it_is_until_it_is_redrawn()
    {
        var page = Page("# A\n\n<!-- h2m: expired.pcap -->\n<!-- /h2m -->\n\nB\n");
        Assert.Equal((ExitCode.Done, "", $"h2m: {page}:3: redrawn.\n"), H2m.Run(["embed", page]));
        var drawn = File.ReadAllText(page);
        Assert.StartsWith("# A\n\n<!-- h2m: expired.pcap -->\n```mermaid\nsequenceDiagram\n", drawn, StringComparison.Ordinal);
        Assert.EndsWith("\n```\n<!-- /h2m -->\n\nB\n", drawn, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, "", ""), H2m.Run(["embed", "--check", page]));

        var stale = drawn.Replace("+2.1 ms", "+2.2 ms", StringComparison.Ordinal);
        Assert.NotEqual(drawn, stale);
        File.WriteAllText(page, stale);
        Assert.Equal(
            (ExitCode.ConditionMet, $"{page}:3: stale\n", "h2m: 1 diagram is stale: 'h2m embed' without --check redraws them.\n"),
            H2m.Run(["embed", "--check", page]));
        Assert.Equal(stale, File.ReadAllText(page));
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", page]).ExitCode);
        Assert.Equal(drawn, File.ReadAllText(page));
    }

    [Fact]
    public void A_page_that_is_current_is_not_written()
    {
        var page = Page("<!-- h2m: expired.pcap -->\n<!-- /h2m -->\n");
        H2m.Run(["embed", page]);
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(page, time);
        Assert.Equal((ExitCode.Done, "", ""), H2m.Run(["embed", page]));
        Assert.Equal(time, File.GetLastWriteTimeUtc(page));
    }

    [Theory]
    [InlineData("\r\n", "", "", "")]
    [InlineData("\n", "- text\n\n  ", "  ", "  ")]
    [InlineData("\n", "1. ", "   ", "   ")]
    [InlineData("\n", "> ", "> ", "> ")]
    [InlineData("\r\n", "> - ", ">   ", ">   ")]
    public void Line_ends_lists_and_quotations_are_kept(string newline, string first, string line, string last)
    {
        var before = $"{first}<!-- h2m: expired.pcap --detail brief -->{newline}{last}<!-- /h2m -->{newline}";
        var page = Page("\uFEFFA  \n\n" + before + "\tB\r\nC");
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", page]).ExitCode);
        var text = File.ReadAllBytes(page);
        var expected = H2m.Run(["convert", In("expired.pcap"), "--detail", "brief"]).Output;
        var fenced = string.Concat($"```mermaid\n{expected}```\n".TrimEnd('\n').Split('\n').Select(l => line + l + newline));
        var diagram = $"{first}<!-- h2m: expired.pcap --detail brief -->{newline}{fenced}{last}<!-- /h2m -->{newline}";
        Assert.Equal("\uFEFFA  \n\n" + diagram + "\tB\r\nC", System.Text.Encoding.UTF8.GetString(text));
        Assert.Equal((ExitCode.Done, "", ""), H2m.Run(["embed", "--check", page]));
    }

    [Theory]
    [InlineData("~~~mermaid")]
    [InlineData("````mermaid theme=dark")]
    public void The_fence_of_the_page_is_kept(string fence)
    {
        var page = Page($"<!-- h2m: nxdomain.pcap -->\n{fence}\nold\n{fence[..fence.IndexOf('m', StringComparison.Ordinal)]}\n<!-- /h2m -->\n");
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", page]).ExitCode);
        Assert.StartsWith($"<!-- h2m: nxdomain.pcap -->\n{fence}\nsequenceDiagram\n", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.EndsWith($"\n{fence[..fence.IndexOf('m', StringComparison.Ordinal)]}\n<!-- /h2m -->\n", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-f text", "```text\n")]
    [InlineData("-f json", "```json\n[\n")]
    [InlineData("-f markdown", "# ")]
    [InlineData("--host azure", "::: mermaid\nsequenceDiagram\n")]
    [InlineData("--redact", "```mermaid\nsequenceDiagram\n")]
    [InlineData("--title 'A b'", "```mermaid\nsequenceDiagram\n")]
    public void Other_forms_can_be_embedded_and_do_not_depend_on_the_terminal(string arguments, string begin)
    {
        var page = Page($"<!-- h2m: expired.pcap {arguments} -->\n<!-- /h2m -->\n");
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", page], environment: new() { ["COLUMNS"] = "60" }).ExitCode);
        Assert.StartsWith($"<!-- h2m: expired.pcap {arguments} -->\n{begin}", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", "--check", page], environment: new() { ["COLUMNS"] = "120" }).ExitCode);
    }

    [Fact]
    public void A_marker_in_a_code_block_is_none()
    {
        var text = "````md\n<!-- h2m: expired.pcap -->\n```mermaid\n```\n<!-- /h2m -->\n````\n\n    <!-- h2m: expired.pcap -->\n    <!-- /h2m -->\n";
        var page = Page(text);
        Assert.Equal(ExitCode.Nothing, H2m.Run(["embed", page]).ExitCode);
        Assert.Equal(text, File.ReadAllText(page));
    }

    [Theory]
    [InlineData("missing.pcap", "missing.pcap does not exist")]
    [InlineData("expired.pcap -c 9", "no connection is selected")]
    [InlineData("expired.pcap --no-such", "'--no-such' is not an option of this command")]
    [InlineData("expired.pcap --title 'x", "a quotation mark is not closed")]
    [InlineData("expired.pcap -o x.mmd", "--output has no meaning in a marker")]
    [InlineData("expired.pcap -f svg", "the format svg cannot be embedded; mermaid, text, json, markdown can")]
    [InlineData("expired.pcap --key-log env", "--key-log env depends on the machine")]
    [InlineData("-", "standard input cannot be embedded")]
    [InlineData("@list", "@list does not exist")]
    [InlineData("../other.pcap", "../other.pcap is outside the repository; --allow-outside permits it")]
    [InlineData("link.pcap", "link.pcap is outside the repository; --allow-outside permits it")]
    [InlineData("folder", "folder is outside the repository; --allow-outside permits it")]
    [InlineData("expired.pcap --key-log ../keys.log", "../keys.log is outside the repository; --allow-outside permits it")]
    public void A_marker_that_cannot_be_done_is_named_and_the_others_are_done(string arguments, string reason)
    {
        File.WriteAllText(In("list"), "expired.pcap");
        File.CreateSymbolicLink(In("link.pcap"), Path.Combine(outside, "other.pcap"));
        File.CreateSymbolicLink(In("folder"), outside);
        var page = Page($"A\n\n<!-- h2m: {arguments} -->\nkept\n\n<!-- /h2m -->\n\n<!-- h2m: expired.pcap -->\n<!-- /h2m -->\n");
        Assert.Equal((ExitCode.Unreadable, "", $"h2m: {page}:3: {reason}.\nh2m: {page}:8: redrawn.\n"), H2m.Run(["embed", page]));
        Assert.Contains($"<!-- h2m: {arguments} -->\nkept\n\n<!-- /h2m -->\n\n<!-- h2m: expired.pcap -->\n```mermaid\n", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_outside_are_read_where_that_is_allowed()
    {
        var page = Page("<!-- h2m: ../other.pcap -->\n<!-- /h2m -->\n");
        Assert.Equal(ExitCode.Done, H2m.Run(["embed", page, "--allow-outside", "-q"]).ExitCode);
        Assert.Contains("sequenceDiagram", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_marker_without_an_end_is_named()
    {
        var text = "<!-- h2m: expired.pcap -->\n```mermaid\n\n<!-- /h2m -->\n";
        var page = Page(text);
        Assert.Equal((ExitCode.Unreadable, "", $"h2m: {page}:1: its end, <!-- /h2m -->, is missing.\n"), H2m.Run(["embed", page]));
        Assert.Equal(text, File.ReadAllText(page));
    }

    [Fact]
    public void A_page_that_cannot_be_read_does_not_keep_the_next_from_being_drawn()
    {
        var page = Page("<!-- h2m: expired.pcap -->\n<!-- /h2m -->\n");
        File.WriteAllBytes(In("latin.md"), [0xE4, 0x0A]);
        var (code, _, error) = H2m.Run(["embed", In("missing.md"), In("latin.md"), page]);
        Assert.Equal(ExitCode.Unreadable, code);
        Assert.Equal($"h2m: {In("missing.md")} does not exist.\nh2m: {In("latin.md")} is not UTF-8.\nh2m: {page}:1: redrawn.\n", error);
    }

    private string Page(string text)
    {
        File.WriteAllText(In("page.md"), text);
        return In("page.md");
    }

    private string In(string name) => Path.Combine(folder, name);
}
