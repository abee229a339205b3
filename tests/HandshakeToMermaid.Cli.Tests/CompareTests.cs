using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>Two captures beside each other, by <c>h2m compare</c>.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_the_same_ends_with_0_and_what_differs_with_1()
    {
        var (code, output, error) = H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("tls13-success")]);
        Assert.Equal((ExitCode.Done, "h2m: no difference was found.\n"), (code, error));
        Assert.Contains("The same in both runs", output, StringComparison.Ordinal);
        (code, output, _) = H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("no-common-alpn"), "-q"]);
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.Contains("First difference: ClientHello: ALPN http/1.1 → postgresql", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".mmd", "sequenceDiagram")]
    [InlineData(".md", "| 1 | ClientHello | `ALPN` |")]
    [InlineData(".html", "<td>ClientHello</td><td>ALPN</td><td>http/1.1</td><td>postgresql</td>")]
    [InlineData(".svg", "<svg")]
    [InlineData(".txt", "First difference")]
    public async Task Every_form_shows_the_first_difference(string ending, string expected)
    {
        var file = Path.Combine(folder, "difference" + ending);
        Assert.Equal(ExitCode.ConditionMet, H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("no-common-alpn"), "-o", file]).ExitCode);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(expected.Replace("`ALPN`", text.Contains("| ALPN |", StringComparison.Ordinal) ? "ALPN" : "`ALPN`", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.Contains("postgresql", text, StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_every_value_is_there()
    {
        var (code, output, _) = H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("no-common-alpn"), "--json", "-q"]);
        Assert.Equal(ExitCode.ConditionMet, code);
        var pair = JsonDocument.Parse(output).RootElement.GetProperty("pairs")[0];
        var first = pair.GetProperty("first_difference");
        Assert.Equal(("ClientHello", "ALPN", "client"), (first.GetProperty("step").GetString(), first.GetProperty("field").GetString(), first.GetProperty("from").GetString()));
        Assert.Equal("postgresql", first.GetProperty("bad")[0].GetString());
        Assert.Equal("no-common-alpn", pair.GetProperty("bad").GetProperty("findings")[0].GetString());
    }

    [Fact]
    public void One_connection_is_chosen_by_its_number()
    {
        var sample = H2m.Sample("two-visits");
        Assert.Equal(ExitCode.Done, H2m.Run(["compare", $"{sample}#1", $"{sample}#1", "-q"]).ExitCode);
        var (code, _, error) = H2m.Run(["compare", $"{sample}#99", sample]);
        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("has no connection 99", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_compared_is_said_in_a_sentence()
    {
        Assert.Equal(ExitCode.WrongUsage, H2m.Run(["compare", "-", H2m.Sample("tls13-success")]).ExitCode);
        Assert.Equal(ExitCode.Unreadable, H2m.Run(["compare", H2m.Sample("tls13-success"), Path.Combine(folder, "none.pcap")]).ExitCode);
        Assert.Equal(ExitCode.WrongUsage, H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("tls13-success"), "-f", "link"]).ExitCode);
    }

    [Theory]
    [InlineData("--json", "--drawable")]
    [InlineData("--host", "192.0.2.1")]
    public void What_would_be_ignored_is_refused(params string[] options)
    {
        var (code, output, error) = H2m.Run(["compare", H2m.Sample("tls13-success"), H2m.Sample("tls13-success"), .. options]);
        Assert.Equal((ExitCode.WrongUsage, ""), (code, output));
        Assert.Contains($"'{options[1]}'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown", "*Note:* Connection 3 of `")]
    [InlineData("html", "Connection 3 of ")]
    [InlineData("text", "Only in the good run: static.example.com (connection 3)")]
    [InlineData("svg", "Only in the good run: static.example.com (connection 3)")]
    public void A_connection_without_a_counterpart_is_named_in_every_form(string form, string expected)
        => Assert.Contains(expected, H2m.Run(["compare", H2m.Sample("browser-page"), H2m.Sample("two-visits"), "-f", form, "-q"]).Output, StringComparison.Ordinal);

    [Fact]
    public void A_redacted_comparison_names_the_difference_and_no_original()
    {
        var (code, output, _) = H2m.Run(["compare", H2m.Sample("tls12-success"), H2m.Sample("wrong-name"), "--redact", "-f", "markdown", "-q"]);
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.DoesNotContain("example.com,", output, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.55", output, StringComparison.Ordinal);
    }
}
