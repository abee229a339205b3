using System.Globalization;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>What is left of root's rights while packets are read, as the kernel tells it.</summary>
[Collection("live")]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class RightsTests
{
    [SkippableTheory]
    [InlineData(null, null, "nobody")]
    [InlineData(null, "daemon", "daemon")]
    [InlineData("bin", "daemon", "bin")]
    [InlineData(null, "root", "nobody")]
    public void A_live_capture_has_the_rights_of_another_user_in_every_thread(string? user, string? invoker, string expected)
    {
        Machine.NeedsCapturing();
        using var live = H2m.Start(Invoked(invoker), ["live", "-i", "lo", "--filter", "udp port 9", .. user is null ? [] : (string[])["--user", user]]);
        live.WaitForError("watching");
        var number = NumberOf(expected);
        foreach (var thread in ThreadsOf(live.Id))
        {
            Assert.Equal($"{number}\t{number}\t{number}\t{number}", thread["Uid"]);
            Assert.DoesNotContain("0", thread["Gid"].Split('\t'));
            Assert.DoesNotContain("0", thread["Groups"].Split(' '));
            foreach (var set in (string[])["CapInh", "CapPrm", "CapEff", "CapAmb"]) Assert.Equal(None, thread[set]);
            Assert.Equal(("1", "2"), (thread["NoNewPrivs"], thread["Seccomp"]));
        }

        // The thread that reads the packets is the process's first.
        Assert.Equal(None, StatusOf($"/proc/{live.Id}/status")["CapBnd"]);
        live.Signal("TERM");
        Assert.Equal(143, live.WaitForEnd());
    }

    [SkippableFact]
    public void A_key_log_that_only_root_may_read_is_opened_before()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        using var server = new TlsServer(scratch);
        var keys = scratch.File("keys.log");
        File.WriteAllText(keys, "");
        File.SetUnixFileMode(keys, Machine.OwnerOnly);
        using var live = H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "-n", "1", "--json", "--key-log", keys, "--duration", "30s");
        Assert.True(Machine.TryRun("env", [$"SSLKEYLOGFILE={keys}", .. server.Curl()]));
        live.WaitForEnd();
        Assert.Contains("\"decrypted\":true", live.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("live", "-i", "lo", "-o", "PRIVATE/a.mmd")]
    [InlineData("live", "-i", "lo", "-o", "PRIVATE/new/")]
    [InlineData("live", "-i", "lo", "-o", "PRIVATE/")]
    [InlineData("record", "--user", "daemon", "-i", "lo", "-o", "PRIVATE/a.mmd", "--", "touch", "PRIVATE/../ran")]
    public void Where_the_other_user_may_not_write_it_is_said_before_anything_is_captured(params string[] arguments)
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        var secret = Directory.CreateDirectory(scratch.File("private"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var (code, _, errors) = H2m.Run([.. arguments.Select(a => a.Replace("PRIVATE", secret, StringComparison.Ordinal))]);
        Assert.Equal(2, code);
        Assert.Contains("permission denied", errors, StringComparison.Ordinal);
        Assert.Contains("not as root: choose another place, or --user", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("watching", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(secret));
        Assert.False(File.Exists(scratch.File("ran")));
    }

    [SkippableFact]
    public void A_command_is_run_by_who_called_sudo_and_h2m_is_that_user_then_too()
    {
        Machine.NeedsCapturing();
        using var scratch = new Scratch();
        var (diagram, packets) = (scratch.File("x.json"), scratch.File("x.pcapng"));
        using var run = H2m.Start(
            Invoked("daemon"),
            ["record", "-i", "lo", "-o", diagram, "--write", packets, "--", "sh", "-c", "id -un; id -G; echo $HOME $LOGNAME; stat -c %U $SSLKEYLOGFILE; echo ready; exec sleep 30"]);
        run.WaitForOutput("ready");
        Assert.Equal($"daemon\n{NumberOf("daemon")}\n/usr/sbin daemon\ndaemon\nready\n", run.Output);
        WaitFor(() => ThreadsOf(run.Id).All(static t => t["Seccomp"] == "2"));
        foreach (var thread in ThreadsOf(run.Id)) Assert.Equal((None, None, "1"), (thread["CapEff"], thread["CapPrm"], thread["NoNewPrivs"]));
        run.Signal("TERM");
        Assert.Equal(143, run.WaitForEnd());
        Assert.Equal("daemon", OwnerOf(packets));
    }

    [SkippableFact]
    public void Root_without_sudo_keeps_for_its_command_what_that_needs()
    {
        Machine.NeedsCapturing();
        using var run = H2m.Start(Invoked(null), ["record", "-i", "lo", "--", "sh", "-c", "id -u; echo ready; exec sleep 30"]);
        run.WaitForOutput("ready");
        Assert.Equal("0\nready\n", run.Output);
        WaitFor(() => StatusOf($"/proc/{run.Id}/status")["Seccomp"] == "2");

        // CAP_DAC_OVERRIDE, CAP_KILL, CAP_SYS_PTRACE.
        Assert.Equal("0000000000080022", StatusOf($"/proc/{run.Id}/status")["CapEff"]);
        // Not INT, which a command ignores whose tests were started in the background.
        run.Signal("TERM");
        Assert.Equal(143, run.WaitForEnd());
    }

    [SkippableFact]
    public void A_user_that_does_not_exist_is_wrong_usage()
    {
        Machine.NeedsCapturing();
        var (code, _, errors) = H2m.Run("live", "-i", "lo", "--user", "no-such-user");
        Assert.Equal((2, "h2m: There is no user no-such-user.\n"), (code, errors));
    }

    [SkippableFact]
    public void Who_is_not_root_has_nothing_to_give_up()
    {
        Machine.NeedsCapturing();
        Machine.Needs("setpriv");
        using var run = H2m.Start(Invoked(null), ["live", "-i", "lo", "--user", "bin"], "setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups");
        Assert.Equal(2, run.WaitForEnd());
        Assert.Contains("--user needs the rights of root", run.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Invoked(string? by) => new() { ["SUDO_USER"] = by ?? "" };

    private static void WaitFor(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++) Thread.Sleep(50);
        Assert.True(condition());
    }

    private static IEnumerable<Dictionary<string, string>> ThreadsOf(int process)
        => Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")).Where(Directory.Exists).Select(static t => StatusOf($"{t}/status"));

    private static Dictionary<string, string> StatusOf(string path)
        => File.ReadAllLines(path).Select(static l => l.Split(":\t", 2)).Where(static p => p.Length == 2).ToDictionary(static p => p[0], static p => p[1].Trim(), StringComparer.Ordinal);

    private static string NumberOf(string user) => File.ReadLines("/etc/passwd").Select(static l => l.Split(':')).First(p => p[0] == user)[2];

    private static string OwnerOf(string path)
    {
        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%U", path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }

    private const string None = "0000000000000000";
}
