using System.Diagnostics;
using System.Globalization;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>A command's connections, from nothing to a diagram.</summary>
[Collection("live")]
public class RecordTests
{
    [SkippableFact]
    public void A_curl_is_drawn_with_its_output_and_exit_code_its_own_and_no_key_file_is_left()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var (packets, diagram) = (scratch.File("visit.pcapng"), scratch.File("visit.mmd"));
        using var run = H2m.Start(Temporary(scratch), ["record", "-i", "lo", "--filter", $"tcp port {server.Port}", "-o", diagram, "--write", packets, "--", .. server.Curl("-w", "%{http_code}")]);
        Assert.Equal(0, run.WaitForEnd());
        Assert.Equal("200\n", run.Output);
        Assert.Contains("test.example", File.ReadAllText(diagram), StringComparison.Ordinal);
        Assert.Contains("TLS 1.3", File.ReadAllText(diagram), StringComparison.Ordinal);
        Assert.Contains("Certificate", File.ReadAllText(diagram), StringComparison.Ordinal);
        Assert.Contains("GET /", File.ReadAllText(diagram), StringComparison.Ordinal);
        Assert.Contains("1 connection", run.Errors, StringComparison.Ordinal);
        Assert.Contains("matched by", run.Errors, StringComparison.Ordinal);
        Assert.Contains("SERVER_HANDSHAKE_TRAFFIC_SECRET", File.ReadAllText(packets), StringComparison.Ordinal);
        AssertNoKeysIn(scratch);
        var (code, output, _) = H2m.Run("convert", packets);
        Assert.Equal(0, code);
        Assert.Equal(File.ReadAllText(diagram), output);
    }

    [SkippableFact]
    public void A_command_that_fails_keeps_its_exit_code()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        using var run = H2m.Start(Temporary(scratch), ["record", "-i", "lo", "-o", scratch.File("x.mmd"), "--", "curl", "-s", "--resolve", $"test.example:{server.Port}:127.0.0.1", server.Url]);
        Assert.Equal(60, run.WaitForEnd());
        Assert.Contains("Failed", File.ReadAllText(scratch.File("x.mmd")), StringComparison.Ordinal);
        AssertNoKeysIn(scratch);
    }

    [SkippableFact]
    public void A_command_that_cannot_be_started_leaves_no_key_file()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var run = H2m.Start(Temporary(scratch), ["record", "-i", "lo", "--", "no-such-command-anywhere"]);
        Assert.Equal(127, run.WaitForEnd());
        Assert.Contains("the command no-such-command-anywhere does not exist", run.Errors, StringComparison.Ordinal);
        AssertNoKeysIn(scratch);
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Interrupting_ends_the_command_and_draws_what_there_was(string signal)
    {
        Machine.NeedsCapturing();
        Machine.NeedsSignal(signal);
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var script = $"{string.Join(' ', server.Curl())}; echo ready $SSLKEYLOGFILE; exec sleep 30";
        using var run = H2m.Start(Temporary(scratch), ["record", "-i", "lo", "-o", scratch.File("x.mmd"), "--", "sh", "-c", script]);
        run.WaitForOutput("ready");
        var keys = run.Output[(run.Output.IndexOf("ready ", StringComparison.Ordinal) + 6)..].Trim();
        Assert.Equal(Machine.OwnerOnly, Machine.ModeOf(keys));
        run.Signal(signal);
        Assert.Equal(signal == "INT" ? 130 : 143, run.WaitForEnd());
        Assert.Contains("test.example", File.ReadAllText(scratch.File("x.mmd")), StringComparison.Ordinal);
        Assert.False(File.Exists(keys));
        AssertNoKeysIn(scratch);
    }

    [SkippableFact]
    public void Connections_of_other_programs_are_left_out()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        using var other = new TlsServer(scratch);
        var go = scratch.File("go");
        var script = string.Create(CultureInfo.InvariantCulture, $"while [ ! -e {go} ]; do sleep 0.05; done; sleep 5 | openssl s_client -connect 127.0.0.1:{server.Port} -servername of.the.command >/dev/null 2>&1");
        using var run = H2m.Start(Temporary(scratch), ["record", "-i", "lo", "-f", "json", "--", "sh", "-c", script]);
        run.WaitForStart();
        // Open until the end, so that the slowest machine sees it often enough to know whose it is not.
        using var foreign = Process.Start(new ProcessStartInfo("openssl", ["s_client", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{other.Port}"), "-servername", "of.somebody.else"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Assert.Contains("CONNECTED", foreign.StandardOutput.ReadLine(), StringComparison.Ordinal);
        File.WriteAllText(go, "");
        var exit = run.WaitForEnd();
        foreign.Kill();
        Assert.Equal(0, exit);
        Assert.Contains("of.the.command", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("of.somebody.else", run.Output, StringComparison.Ordinal);
        Assert.Contains("matched by its sockets", run.Errors, StringComparison.Ordinal);
        Assert.Contains("of other programs omitted", run.Errors, StringComparison.Ordinal);
        Assert.Contains("no TLS secrets were written", run.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Temporary(Scratch scratch) => new() { ["TMPDIR"] = Directory.CreateDirectory(scratch.File("tmp")).FullName };

    /// <summary>The runtime's own diagnostics may leave sockets there.</summary>
    private static void AssertNoKeysIn(Scratch scratch) => Assert.Empty(Directory.GetDirectories(scratch.File("tmp"), "h2m-*"));
}
