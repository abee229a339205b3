using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>--key-log, as a user meets it.</summary>
public sealed class KeyLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_key_log_opens_what_was_encrypted()
    {
        var (code, output, error) = H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", Keys("tls13-success")]);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("tls").GetProperty("decrypted").GetBoolean());
        Assert.Equal("GET / HTTP/1.1", json.RootElement.GetProperty("http").GetProperty("request").GetString());
        Assert.Contains("GET / HTTP/1.1", H2m.Run(["convert", H2m.Sample("tls13-success"), "--key-log", Keys("tls13-success")]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_key_logs_are_used_together()
    {
        var (code, output, _) = H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", Keys("hello-retry-request"), "--key-log", Keys("tls13-success")]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("\"decrypted\":true", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_log_of_other_sessions_changes_nothing_but_says_so()
    {
        var (code, output, _) = H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", Keys("hello-retry-request")]);
        Assert.Equal(ExitCode.Done, code);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("tls").GetProperty("decrypted").GetBoolean());
        Assert.Equal("no_keys", json.RootElement.GetProperty("unread")[0].GetProperty("what").GetString());
    }

    [Fact]
    public void Broken_lines_are_named_by_number_and_never_shown()
    {
        var path = Path.Combine(folder, "broken.log");
        File.WriteAllText(path, $"# a comment\r\nCLIENT_RANDOM deadbeef cafebabe\r\n{File.ReadAllText(Keys("tls13-success"))}CLIENT_RANDOM {new string('0', 64)} feedface\n");
        var (code, output, error) = H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", path]);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("\"decrypted\":true", output, StringComparison.Ordinal);
        Assert.Contains($"h2m: {path}, line 2: the client random has 8 hex digits", error, StringComparison.Ordinal);
        Assert.DoesNotContain("cafebabe", error + output, StringComparison.Ordinal);
        Assert.DoesNotContain("feedface", error + output, StringComparison.Ordinal);
        Assert.Empty(H2m.Run(["list", "--quiet", H2m.Sample("tls13-success"), "--key-log", path]).Error);
    }

    [Theory]
    [InlineData("missing.log", "does not exist")]
    [InlineData("", "cannot be read")]
    public void A_key_log_that_cannot_be_read_is_an_error_of_one_sentence(string name, string expected)
    {
        var (code, output, error) = H2m.Run(["convert", H2m.Sample("tls13-success"), "--key-log", Path.Combine(folder, name)]);
        Assert.Equal((ExitCode.Unreadable, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [SkippableTheory]
    [InlineData("list", "/dev/zero")]
    [InlineData("convert", "/dev/urandom")]
    [InlineData("list", "LINK")]
    public void A_device_is_no_key_log_for_it_has_no_end(string command, string path)
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no device files");
        if (path == "LINK") path = File.CreateSymbolicLink(Path.Combine(folder, "keys.log"), "/dev/zero").FullName;
        var (code, output, error) = H2m.Run([command, H2m.Sample("tls13-success"), "--key-log", path]);
        Assert.Equal((ExitCode.Unreadable, "", $"h2m: the key log {path} cannot be read: it is a device; name a file or a pipe.\n"), (code, output, error));
    }

    [SkippableFact]
    public void Live_takes_no_device_for_a_key_log_either()
    {
        Skip.If(OperatingSystem.IsWindows(), "there are no device files");
        var (code, _, error) = H2m.Run(["live", "-i", "lo", "--key-log", "/dev/zero"]);
        Assert.Equal((ExitCode.Unreadable, "h2m: the key log /dev/zero cannot be read: it is a device; name a file or a pipe.\n"), (code, error));
    }

    [SkippableFact]
    public void A_key_log_may_come_through_a_pipe()
    {
        Skip.If(OperatingSystem.IsWindows(), "named pipes are no files");
        var pipe = Path.Combine(folder, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) made.WaitForExit();
        var written = Task.Run(() => File.WriteAllText(pipe, File.ReadAllText(Keys("tls13-success"))));
        Assert.Contains("\"decrypted\":true", H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", pipe]).Output, StringComparison.Ordinal);
        written.GetAwaiter().GetResult();
    }

    [Fact]
    public void The_environment_names_the_key_log_only_when_asked()
    {
        var environment = new Dictionary<string, string?> { ["SSLKEYLOGFILE"] = Keys("tls13-success") };
        Assert.Contains("\"decrypted\":true", H2m.Run(["list", "--json", H2m.Sample("tls13-success"), "--key-log", "env"], environment: environment).Output, StringComparison.Ordinal);
        Assert.Contains("\"decrypted\":false", H2m.Run(["list", "--json", H2m.Sample("tls13-success")], environment: environment).Output, StringComparison.Ordinal);
        var (code, _, error) = H2m.Run(["list", H2m.Sample("tls13-success"), "--key-log", "env"], environment: new() { ["SSLKEYLOGFILE"] = null });
        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("SSLKEYLOGFILE", error, StringComparison.Ordinal);
    }

    private static string Keys(string sample) => Path.Combine(H2m.Root, "samples", sample, "keys.log");
}
