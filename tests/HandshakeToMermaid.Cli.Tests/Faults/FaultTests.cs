using System.Diagnostics;
using HandshakeToMermaid.Cli.Tests.Live;
using HandshakeToMermaid.Cli.Tests.Signals;

namespace HandshakeToMermaid.Cli.Tests.Faults;

/// <summary>What the system refuses in the middle of a run: exit code, sentence, and the files that are left.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FaultTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableTheory]
    [InlineData("list")]
    [InlineData("list --json")]
    [InlineData("convert -f svg")]
    [InlineData("convert -f json")]
    public void A_reader_that_had_enough_ends_it_quietly(string command)
    {
        Skip.If(OperatingSystem.IsWindows(), "bash is Unix's");
        File.WriteAllBytes(scratch.File("many.pcap"), SynFlood.Pcap(3000, isRefused: true));
        var (code, output, error) = Bash($"set -o pipefail; $H2M {command} {scratch.File("many.pcap")} --quiet | head -c 1");
        Assert.Equal((0, 1, ""), (code, output.Length, error));
    }

    [SkippableFact]
    public void A_disk_that_fills_up_leaves_whole_files_and_no_other()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "mounting needs root");
        File.WriteAllBytes(scratch.File("many.pcap"), SynFlood.Pcap(400, isRefused: true));
        var disk = Directory.CreateDirectory(scratch.File("disk")).FullName;
        Skip.IfNot(Machine.TryRun("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk), "mounting is not allowed here");
        try
        {
            var (code, _, error) = Tests.H2m.Run(["convert", scratch.File("many.pcap"), "-o", disk + "/"]);
            Assert.Equal(ExitCode.Unreadable, code);
            Assert.Matches(@"^h2m: .*\.mmd cannot be written: the disk is full\.\n$", error);
            var files = Directory.GetFiles(disk);
            Assert.InRange(files.Length, 1, 399);
            Assert.All(files, static f => Assert.EndsWith(".mmd", f, StringComparison.Ordinal));
            Assert.All(files, static f => Assert.StartsWith("sequenceDiagram", File.ReadAllText(f), StringComparison.Ordinal));
            Assert.Single(files.Select(static f => new FileInfo(f).Length / 100).Distinct());
        }
        finally
        {
            Machine.TryRun("umount", disk);
        }
    }

    [SkippableFact]
    public void Packets_that_cannot_be_stored_are_shown_all_the_same()
    {
        Machine.NeedsCapturing();
        using var server = new TlsServer(scratch);
        using var live = Live.H2m.Watch("-i", "lo", "--filter", $"tcp port {server.Port}", "-n", "1", "--write", "/dev/full", "--duration", "30s");
        Assert.True(Machine.TryRun("curl", server.Curl()[1..]));
        Assert.Equal(4, live.WaitForEnd());
        Assert.Contains("established", live.Output, StringComparison.Ordinal);
        Assert.Contains("h2m: /dev/full is incomplete: the disk is full; what is shown is not.", live.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void More_captures_at_the_same_time_than_files_may_be_open_are_read_all_the_same()
    {
        Skip.If(OperatingSystem.IsWindows(), "ulimit is Unix's");
        var folder = Directory.CreateDirectory(scratch.File("set")).FullName;
        for (var i = 0; i < 300; i++) File.WriteAllBytes(Path.Combine(folder, $"{i}.pcap"), [.. SynFlood.Header, .. SynFlood.Records(i, 1), .. SynFlood.Records(400 + i, 1)]);
        var (code, output, error) = Bash($"ulimit -n 200; $H2M list {folder} --json | wc -l");
        Assert.Equal((0, "600", ""), (code, output.Trim(), error));
    }

    [SkippableFact]
    public void Where_no_file_can_be_opened_any_more_it_is_said()
    {
        Skip.If(OperatingSystem.IsWindows(), "ulimit is Unix's");

        // The runtime needs a few dozen; from some number on it starts, and the capture is one too many, then enough.
        var seen = new HashSet<int>();
        for (var limit = 20; limit < 200 && !seen.Contains(0); limit++)
        {
            var (code, _, error) = Bash($"ulimit -n {limit}; $H2M list {Tests.H2m.Sample("nxdomain")} 2> >(cat >&2)");
            if (!error.StartsWith("h2m: ", StringComparison.Ordinal) && code != 0) continue;
            seen.Add(code);
            if (code == 0) continue;
            Assert.Equal(ExitCode.Unreadable, code);
            Assert.Contains("too many files are open", error, StringComparison.Ordinal);
        }

        Assert.Contains(0, seen);
    }

    [SkippableFact]
    public void A_capture_whose_bytes_cannot_be_read_is_said_to_be_so()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc/self/mem is Linux's");
        var (code, output, error) = Tests.H2m.Run(["list", "/proc/self/mem"]);
        Assert.Equal((ExitCode.Unreadable, "", "h2m: /proc/self/mem cannot be read: reading failed (the device reports an input/output error).\n"), (code, output, error));
    }

    [SkippableFact]
    public void A_capture_that_grows_while_it_is_read_is_read_as_far_as_it_had_come()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is Unix's");
        File.WriteAllBytes(scratch.File("grows.pcap"), SynFlood.Pcap(50_000));
        File.WriteAllBytes(scratch.File("more"), SynFlood.Records(50_000, 50_000));
        var (code, output, error) = Bash($"$H2M list {scratch.File("grows.pcap")} --json --quiet > {scratch.File("rows")} & for i in 1 2 3 4 5 6 7 8; do head -c 100003 {scratch.File("more")} >> {scratch.File("grows.pcap")}; sleep 0.05; done; wait $!; echo $?");
        Assert.Equal((0, ""), (code, error));

        // A frame that was half there is said to be missing.
        Assert.True(output.Trim() is "0" or "4", output);
        Assert.InRange(File.ReadLines(scratch.File("rows")).Count(), 50_000, 100_000);
    }

    [SkippableFact]
    public void A_capture_that_is_removed_while_it_is_read_is_read_to_its_end()
    {
        Skip.If(OperatingSystem.IsWindows(), "an open file cannot be removed there");
        var capture = scratch.File("gone.pcap");
        File.WriteAllBytes(capture, SynFlood.Pcap(20_000));
        var (code, output, error) = Bash($"$H2M list {capture} --json --quiet > {scratch.File("rows")} & until ls -l /proc/$!/fd 2>/dev/null | grep -q gone.pcap || ! kill -0 $! 2>/dev/null; do :; done; rm {capture}; wait $!; echo $?");
        Assert.Equal(0, code);
        if (output.Trim() == "0")
        {
            Assert.Equal((20_000, ""), (File.ReadLines(scratch.File("rows")).Count(), error));
            return;
        }

        // Its first bytes are looked at before it is opened to be read: it was removed in between.
        Assert.Equal(("3", $"h2m: {capture} does not exist.\n"), (output.Trim(), error));
    }

    [SkippableFact]
    public void A_capture_that_shrinks_while_it_is_read_ends_where_it_ends_then()
    {
        Skip.If(OperatingSystem.IsWindows(), "sh is Unix's");
        var capture = scratch.File("shrinks.pcap");
        File.WriteAllBytes(capture, SynFlood.Pcap(60_000));
        var (code, output, error) = Bash($"$H2M list {capture} --json --quiet > {scratch.File("rows")} & until ls -l /proc/$!/fd 2>/dev/null | grep -q shrinks.pcap || ! kill -0 $! 2>/dev/null; do :; done; truncate -s 100003 {capture}; wait $!; echo $?");
        Assert.Equal((0, ""), (code, error));

        // What was read before is listed; a frame that was cut is said to be missing.
        Assert.True(output.Trim() is "0" or "4", output);
        Assert.InRange(File.ReadLines(scratch.File("rows")).Count(), 1_000, 60_000);
    }

    private static (int ExitCode, string Output, string Error) Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["H2M"] = string.Join(' ', TestedProgram.Line);
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output.GetAwaiter().GetResult(), error);
    }
}
