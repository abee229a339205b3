using HandshakeToMermaid.Diagrams;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>What the forms' options promise on the command line.</summary>
public sealed class FormsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("x.mmd", "sequenceDiagram\n")]
    [InlineData("x.md", "# TLS 1.3 handshake with `www.example.com`")]
    [InlineData("x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"")]
    [InlineData("x.html", "<!doctype html>")]
    [InlineData("x.txt", "TLS 1.3 handshake with www.example.com")]
    [InlineData("x.json", "[\n")]
    public async Task The_ending_picks_the_form(string name, string begin)
    {
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "-o", In(name)));
        Assert.StartsWith(begin, await File.ReadAllTextAsync(In(name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_explained_when_asked()
    {
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--explain", "-o", In("x.mmd")));
        Assert.Contains("(asks to open a connection)", await File.ReadAllTextAsync(In("x.mmd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_opens_on_mermaid_live()
    {
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--link", "-o", In("x")));
        Assert.Matches(@"\Ahttps://mermaid\.live/view#pako:[\w-]+\n\z", await File.ReadAllTextAsync(In("x")));
    }

    [Fact]
    public async Task A_word_for_a_page_is_the_page_and_anything_else_selects()
    {
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--host", "Azure", "--host", "203.0.113.55", "-o", In("x.md")));
        Assert.Contains("::: mermaid", await File.ReadAllTextAsync(In("x.md")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Nothing, await Convert("tls13-success", "--host", "github", "--host", "203.0.113.99", "-o", In("y.md")));
    }

    [Fact]
    public async Task Names_come_from_the_command_line_and_from_a_hosts_file()
    {
        await File.WriteAllTextAsync(In("hosts"), "# mine\n192.0.2.10 laptop lap # comment\n192.0.2.53\tresolver\nnonsense line\n");
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--names", In("hosts"), "-o", In("x.mmd")));
        Assert.Contains("as laptop<br/>192.0.2.10", await File.ReadAllTextAsync(In("x.mmd")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--names", In("hosts"), "--name", "192.0.2.10=desk", "-o", In("y.mmd")));
        Assert.Contains("as desk<br/>192.0.2.10", await File.ReadAllTextAsync(In("y.mmd")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--name", "laptop=192.0.2.10"));
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--names", In("missing")));
    }

    [Fact]
    public async Task A_diagram_that_is_too_long_becomes_numbered_files()
    {
        Assert.Equal(ExitCode.Done, await Convert("resumption-tls12", "--max-chars", "900", "-o", In("x.mmd")));
        Assert.Contains("Part 1 of ", await File.ReadAllTextAsync(In("x.mmd")), StringComparison.Ordinal);
        Assert.Contains("Part 2 of ", await File.ReadAllTextAsync(In("x.2.mmd")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--max-chars", "10"));
    }

    [Fact]
    public async Task A_template_of_ones_own_decides_the_look()
    {
        await File.WriteAllTextAsync(In("list.md.sbn"), "{{ for row in rows; row.connection.name; \" \"; row.connection.outcome; end }} {{ raw.connections[0].name }}");
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--template", In("list.md.sbn"), "-o", In("x")));
        Assert.Equal("`www.example.com` established www.example.com", await File.ReadAllTextAsync(In("x")));
        await File.WriteAllTextAsync(In("own.sbn"), "{{ include \"mermaid/sequence\" }}%% mine");
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--template", In("own.sbn"), "-o", In("x.mmd")));
        Assert.EndsWith("%% mine", await File.ReadAllTextAsync(In("x.mmd")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(In("bad.sbn"), "{{ for }}");
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--template", In("bad.sbn")));
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--template", "nothing/such"));
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--template", In("list.md.sbn"), "-f", "svg"));
    }

    [Fact]
    public async Task Templates_are_exported_as_they_are_built_in_and_kept_where_they_were_changed()
    {
        Assert.Equal(ExitCode.Done, await CommandLine.Run(["templates", "export", folder]));
        foreach (var name in BuiltInTemplates.Names) Assert.Equal(BuiltInTemplates.TextOf(name), await File.ReadAllTextAsync(In($"{name}.sbn")));
        await File.WriteAllTextAsync(In("mermaid/sequence.sbn"), "mine");
        Assert.Equal(ExitCode.Done, await CommandLine.Run(["templates", "export", folder]));
        Assert.Equal("mine", await File.ReadAllTextAsync(In("mermaid/sequence.sbn")));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.Run(["templates", "show", "nothing/such"]));
    }

    [Theory]
    [InlineData("mermaid", ExitCode.Done)]
    [InlineData("markdown", ExitCode.Done)]
    [InlineData("link", ExitCode.Done)]
    [InlineData("svg", ExitCode.Done)]
    [InlineData("html", ExitCode.Done)]
    [InlineData("text", ExitCode.Done)]
    [InlineData("json", ExitCode.WrongUsage)]
    public async Task A_timeline_is_drawn_or_refused_and_never_ignored(string form, int exitCode)
    {
        Assert.Equal(exitCode, await Convert("tls13-success", "--timeline", "-f", form, "-o", In("x")));
        Assert.Equal(exitCode == ExitCode.Done, File.Exists(In("x")));
    }

    [Fact]
    public void A_timeline_is_refused_with_the_formats_that_have_one()
    {
        var (code, output, error) = H2m.Run(["convert", H2m.Sample("tls13-success"), "--timeline", "-f", "json"]);
        Assert.Equal((ExitCode.WrongUsage, ""), (code, output));
        Assert.StartsWith("h2m: the format json has no timeline; mermaid, markdown, svg, html, text and link do.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_has_nothing_to_explain()
    {
        var (code, output, error) = H2m.Run(["convert", H2m.Sample("tls13-success"), "--timeline", "--explain"]);
        Assert.Equal((ExitCode.WrongUsage, ""), (code, output));
        Assert.Contains("a timeline has no messages to explain", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_as_wide_as_asked_for()
    {
        Assert.Equal(ExitCode.Done, await Convert("tls13-success", "--width", "72", "-o", In("x.txt")));
        Assert.All(await File.ReadAllLinesAsync(In("x.txt")), line => Assert.InRange(line.Length, 0, 72));
        Assert.Equal(ExitCode.WrongUsage, await Convert("tls13-success", "--width", "20", "-f", "text"));
        var shell = H2m.Run(["convert", H2m.Sample("tls13-success"), "-f", "text"], environment: new() { ["COLUMNS"] = "72" });
        Assert.Equal(await File.ReadAllTextAsync(In("x.txt")), shell.Output);
    }

    [Fact]
    public async Task A_template_is_tried_with_json()
    {
        await File.WriteAllTextAsync(In("t.sbn"), "{{ a.b[0] }}");
        await File.WriteAllTextAsync(In("good.json"), """{"a":{"b":[7]}}""");
        await File.WriteAllTextAsync(In("list.json"), "[]");
        await File.WriteAllTextAsync(In("bad.json"), "{");
        Assert.Equal(ExitCode.Done, await CommandLine.Run(["templates", "render", In("t.sbn"), "--data", In("good.json")]));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.Run(["templates", "render", In("t.sbn"), "--data", In("list.json")]));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.Run(["templates", "render", In("t.sbn"), "--data", In("bad.json")]));
    }

    private static Task<int> Convert(string sample, params string[] more)
    {
        return CommandLine.Run(["convert", H2m.Sample(sample), "--quiet", .. more]);
    }

    private string In(string name) => Path.Combine(folder, name);
}
