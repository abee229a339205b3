namespace HandshakeToMermaid.Cli.Tests;

/// <summary>What <c>--redact</c> promises on the command line.</summary>
public sealed class RedactTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("x.mmd")]
    [InlineData("x.md")]
    [InlineData("x.svg")]
    [InlineData("x.html")]
    [InlineData("x.txt")]
    [InlineData("x.json")]
    public async Task A_redacted_file_has_pseudonyms(string name)
    {
        Assert.Equal(ExitCode.Done, Convert("--redact", "-o", In(name)).ExitCode);
        var text = await File.ReadAllTextAsync(In(name));
        Assert.Contains("host-1.example-1.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("www.example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.55", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public void A_redacted_list_has_pseudonyms(params string[] more)
    {
        var (code, output, _) = H2m.Run(["list", H2m.Sample("wrong-name"), "--redact", .. more]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("host-1.example-1.com", output, StringComparison.Ordinal);
        Assert.DoesNotContain("www.example.com", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.mmd")]
    [InlineData("dir/")]
    public async Task Nothing_is_written_while_an_original_is_left(string target)
    {
        await File.WriteAllTextAsync(In("leak.sbn"), "sequenceDiagram\n  Note over C: d3d3LmV4YW1wbGUuY29t\n");
        var (code, output, error) = Convert("--redact", "-f", "mermaid", "--template", In("leak.sbn"), "-o", In(target));
        Assert.Equal((ExitCode.Unreadable, ""), (code, output));
        Assert.Equal("h2m: the redacted output still holds a name of the capture, so it is not written.\n", error);
        Assert.False(Path.Exists(In(target)));
    }

    [Fact]
    public async Task A_title_of_the_user_is_redacted_too()
    {
        Assert.Equal(ExitCode.Done, Convert("--redact", "--title", "Why www.example.com fails", "-o", In("x.mmd")).ExitCode);
        Assert.Contains("accTitle: Why host-1.example-1.com fails", await File.ReadAllTextAsync(In("x.mmd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_is_for_its_owner_alone()
    {
        Assert.Equal(ExitCode.Done, Convert("--redact", "--redact-map", In("map.json"), "-o", In("x.mmd")).ExitCode);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("map.json")));
        Assert.Contains("\"original\": \"www.example.com\"", await File.ReadAllTextAsync(In("map.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captures_redacted_with_one_key_share_pseudonyms()
    {
        await File.WriteAllBytesAsync(In("key"), [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var (_, first, _) = H2m.Run(["list", H2m.Sample("wrong-name"), "--redact", "--redact-key", In("key"), "--json"]);
        var (_, second, _) = H2m.Run(["list", H2m.Sample("tls13-success"), "--redact", "--redact-key", In("key"), "--json"]);
        Assert.Equal(Sni(first), Sni(second));

        static string Sni(string json) => System.Text.RegularExpressions.Regex.Match(json, "\"sni\":\"([^\"]+)\"").Groups[1].Value;
    }

    [Theory]
    [InlineData("--redact-times needs --redact.", "--redact-times")]
    [InlineData("the redaction key {0} must have 16 to 4096 bytes", "--redact", "--redact-key", "{0}")]
    public async Task Options_that_mean_nothing_are_refused(string message, params string[] options)
    {
        await File.WriteAllTextAsync(In("short"), "secret");
        var (code, _, error) = Convert([.. options.Select(o => o.Replace("{0}", In("short"), StringComparison.Ordinal))]);
        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains(message.Replace("{0}", In("short"), StringComparison.Ordinal), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_shifted_together_with_the_dates_of_certificates()
    {
        Assert.Equal(ExitCode.Done, H2m.Run(["convert", H2m.Sample("expired-certificate"), "--redact", "--redact-times", "-o", In("x.json")]).ExitCode);
        var text = await File.ReadAllTextAsync(In("x.json"));
        Assert.Contains("\"start\": \"2000-01-01T00:00:00.000000Z\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"2026-", text, StringComparison.Ordinal);
        Assert.Contains("certificate-expired", text, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Convert(params string[] options) => H2m.Run(["convert", H2m.Sample("wrong-name"), "-q", .. options]);

    private string In(string name) => Path.Combine(folder, name);
}
