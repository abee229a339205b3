using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>The GitHub Action: its steps are run in bash, with the environment that the runner gives them.</summary>
public sealed partial class ActionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;
    private readonly string program;

    public ActionTests()
    {
        program = In("h2m");
        File.WriteAllText(program, $"#!/bin/sh\nexec {TestedProgram.InShell} \"$@\"\n");
        File.Copy(H2m.Sample("expired-certificate"), In("expired certificate.pcap"));
        File.Copy(H2m.Sample("tls12-success"), In("success.pcap"));
        Directory.CreateDirectory(In(".git"));
        Directory.CreateDirectory(In("docs"));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void The_program_is_found_and_made_executable()
    {
        var (code, output) = Step("find.sh", new() { ["H2M_PROGRAM"] = "h2m", ["H2M_SHA256"] = "" });
        Assert.Equal((0, ""), (code, output));
        Assert.Equal($"path={program}\n", File.ReadAllText(In("output")));
        if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute));
    }

    [SkippableTheory]
    [InlineData("https://example.com/h2m", "", "program is a URL, so sha256 is required")]
    [InlineData("http://example.com/h2m", "00", "program must be a path or an https URL")]
    [InlineData("no-such-file", "", "program is not a file")]
    [InlineData("h2m", "0000000000000000000000000000000000000000000000000000000000000000", "the program has another SHA-256")]
    public void A_program_that_may_be_another_is_refused(string path, string sha256, string reason)
    {
        var (code, output) = Step("find.sh", new() { ["H2M_PROGRAM"] = path, ["H2M_SHA256"] = sha256 });
        Assert.NotEqual(0, code);
        Assert.Contains($"::error::h2m: {reason}", output, StringComparison.Ordinal);
        Assert.False(File.Exists(In("output")));
    }

    [SkippableFact]
    public void A_program_at_a_URL_is_downloaded_and_its_sum_compared()
    {
        var served = File.ReadAllBytes(program);
        File.Delete(program);
        using var server = new DownloadServer(served);
        File.WriteAllText(In("root.pem"), server.Certificate);
        var sum = Convert.ToHexStringLower(SHA256.HashData(served));
        var (code, output) = Step("find.sh", Download(server.Address + "h2m", sum));
        Assert.Equal((0, ""), (code, output));
        Assert.Equal($"path={program}\n", File.ReadAllText(In("output")));
        Assert.Equal(served, File.ReadAllBytes(program));
        Assert.Equal(0, Step("check.sh", new() { ["H2M"] = program, ["H2M_CAPTURES"] = "success.pcap", ["H2M_CHECK"] = "--min-version=1.2" }).Code);

        File.Delete(In("output"));
        (code, output) = Step("find.sh", Download(server.Address + "h2m", new string('0', 64)));
        Assert.Equal(1, code);
        Assert.Contains("::error::h2m: the program has another SHA-256", output, StringComparison.Ordinal);
        Assert.NotEqual(0, Step("find.sh", Download(server.Address + "missing", sum)).Code);
        Assert.NotEqual(0, Step("find.sh", Download(server.Address + "plain", sum)).Code);
        Assert.False(File.Exists(In("output")));
        Assert.Equal(["/h2m", "/h2m", "/missing", "/plain"], server.Asked);
    }

    [SkippableFact]
    public void A_failed_assertion_is_annotated_and_its_diagram_is_in_the_summary()
    {
        Find();
        var (code, output) = Step("check.sh", new() { ["H2M"] = program, ["H2M_CAPTURES"] = "expired certificate.pcap\nsuccess.pcap\n", ["H2M_CHECK"] = "--no-findings=error\n" });
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.Contains("::error file=expired certificate.pcap,title=no-findings::Connection ", output, StringComparison.Ordinal);
        var summary = File.ReadAllText(In("summary"));
        Assert.StartsWith("### h2m check: ✗ an assertion does not hold\n", summary, StringComparison.Ordinal);
        Assert.Single(Diagram().Matches(summary));
    }

    [SkippableFact]
    public void What_holds_and_is_current_passes()
    {
        Find();
        Assert.Equal(0, Step("check.sh", new() { ["H2M"] = program, ["H2M_CAPTURES"] = "succ*.pcap", ["H2M_CHECK"] = "--min-version\n1.2" }).Code);
        Page();
        Assert.Equal(0, H2m.Run(["embed", In("docs/a page.md")]).ExitCode);
        Assert.Equal(0, Step("embed.sh", new() { ["H2M"] = program, ["H2M_MARKDOWN"] = "docs/**/*.md\n" }).Code);
        Assert.Equal("### h2m check: ✓ every assertion holds\n### h2m embed --check: ✓ every diagram is current\n", File.ReadAllText(In("summary")));
    }

    [SkippableFact]
    public void A_stale_diagram_is_annotated_with_its_line()
    {
        Find();
        Page();
        var (code, output) = Step("embed.sh", new() { ["H2M"] = program, ["H2M_MARKDOWN"] = "docs/a page.md" });
        Assert.Equal(ExitCode.ConditionMet, code);
        Assert.Contains("::error file=docs/a page.md,line=3::The diagram is stale: h2m embed redraws it\n", output, StringComparison.Ordinal);
        Assert.Equal("### h2m embed --check: ✗ stale diagrams\n- `docs/a page.md:3: stale`\n", File.ReadAllText(In("summary")));
    }

    private Dictionary<string, string> Download(string url, string sum)
    {
        Skip.IfNot(File.Exists("/usr/bin/curl"), "needs curl");
        return new() { ["H2M_PROGRAM"] = url, ["H2M_SHA256"] = sum, ["CURL_CA_BUNDLE"] = In("root.pem"), ["NO_PROXY"] = "*", ["no_proxy"] = "*" };
    }

    private void Page() => File.WriteAllText(In("docs/a page.md"), "# A\n\n<!-- h2m: ../success.pcap -->\n<!-- /h2m -->\n");

    private void Find() => Assert.Equal(0, Step("find.sh", new() { ["H2M_PROGRAM"] = "h2m", ["H2M_SHA256"] = "" }).Code);

    /// <summary>Runs a step that action.yml has.</summary>
    private (int Code, string Output) Step(string script, Dictionary<string, string> environment)
    {
        Skip.If(OperatingSystem.IsWindows() || !File.Exists("/bin/bash"), "there is no bash");
        var action = Path.Combine(H2m.Root, ".github", "actions", "h2m");
        Assert.Contains($"run: ${{{{ github.action_path }}}}/{script}\n", File.ReadAllText(Path.Combine(action, "action.yml")), StringComparison.Ordinal);
        var start = new ProcessStartInfo("/bin/bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", Path.Combine(action, script)])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["GITHUB_OUTPUT"] = In("output");
        start.Environment["GITHUB_STEP_SUMMARY"] = In("summary");
        start.Environment["RUNNER_TEMP"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private string In(string name) => Path.Combine(folder, name);

    [GeneratedRegex("^```mermaid\nsequenceDiagram$", RegexOptions.Multiline)]
    private static partial Regex Diagram();
}
