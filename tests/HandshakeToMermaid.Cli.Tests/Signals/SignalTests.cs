using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Cli.Tests.Live;

namespace HandshakeToMermaid.Cli.Tests.Signals;

/// <summary>Signals at any moment of a run: the first one ends it with what there is, the second one at once.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SignalTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableTheory]
    [InlineData("INT", "list", "PIPE")]
    [InlineData("TERM", "list", "PIPE")]
    [InlineData("HUP", "convert", "PIPE", "-o", "OUTPUT")]
    [InlineData("TERM", "convert", "PIPE", "SAMPLE", "-o", "OUTPUT")]
    [InlineData("INT", "convert", "SAMPLE", "--key-log", "PIPE", "-o", "OUTPUT")]
    [InlineData("TERM", "list", "SAMPLE", "--names", "PIPE")]
    [InlineData("INT", "list", "SAMPLE", "--ca-file", "PIPE")]
    [InlineData("INT", "convert", "-", "-o", "OUTPUT")]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for(string signal, params string[] arguments)
    {
        SkipOnWindows();
        Machine.NeedsSignal(signal);
        var (pipe, output) = (scratch.File("pipe"), scratch.File("a.mmd"));
        File.WriteAllText(output, "old");
        Assert.True(Machine.TryRun("mkfifo", pipe));
        using var run = Start([.. arguments.Select(a => a switch { "PIPE" => pipe, "OUTPUT" => output, "SAMPLE" => Tests.H2m.Sample("tls12-success"), _ => a })]);

        // Whatever it is doing by then: starting, opening, or waiting.
        Thread.Sleep(Random.Shared.Next(1500));
        Kill(run, signal);
        Assert.Equal(CodeOf(signal), EndOf(run));
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(["a.mmd", "pipe"], Names());
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_pipe_that_falls_silent_gives_what_came_through_it(string signal)
    {
        SkipOnWindows();
        Machine.NeedsSignal(signal);
        using var run = Start(["list", "-", "--json"]);
        var lines = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEndAsync();
        Feed(run, 30_000);
        Kill(run, signal);
        Assert.Equal(CodeOf(signal), EndOf(run));
        var written = lines.GetAwaiter().GetResult();
        Assert.NotEmpty(Rows(written));

        // On a busy machine its reader may be so slow that the run ends within a row, and without a word.
        if (written.EndsWith('\n')) Assert.Contains("h2m: stopped after frame", errors.GetAwaiter().GetResult(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_pipe_that_never_ends_is_ended()
    {
        SkipOnWindows();
        using var run = Start(["list", "-", "--json"]);
        var lines = run.StandardOutput.ReadToEndAsync();
        _ = run.StandardError.ReadToEndAsync();
        Feed(run, 30_000);
        var flood = Task.Run(() => FeedForEver(run));
        Kill(run, "TERM");
        Assert.Equal(143, EndOf(run));
        Assert.NotEmpty(Rows(lines.GetAwaiter().GetResult()));
        flood.GetAwaiter().GetResult();
    }

    [SkippableFact]
    public void Deep_in_a_file_the_rest_is_not_read()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "how far a process has read is told by /proc");
        File.WriteAllBytes(scratch.File("flood.pcap"), SynFlood.Pcap(500_000));
        using var run = Start(["list", scratch.File("flood.pcap"), "--json"]);
        var lines = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEndAsync();
        WaitFor(run, () => BytesReadBy(run) > 3_000_000);
        Kill(run, "TERM");
        Assert.Equal(143, EndOf(run));
        Assert.NotEmpty(Rows(lines.GetAwaiter().GetResult()));
        Assert.Contains("stopped after frame", errors.GetAwaiter().GetResult(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Between_two_of_many_files_it_ends_and_each_that_was_written_is_whole(int signals)
    {
        SkipOnWindows();
        Machine.NeedsSignal("INT");
        File.WriteAllBytes(scratch.File("many.pcap"), SynFlood.Pcap(4000, isRefused: true));
        var folder = scratch.File("diagrams");
        using var run = Start(["convert", scratch.File("many.pcap"), "-o", folder + "/"]);
        var errors = run.StandardError.ReadToEndAsync();
        WaitFor(run, () => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.mmd").Any());
        for (var i = 0; i < signals; i++) Kill(run, "INT");
        Assert.Equal(130, EndOf(run));
        var files = Directory.GetFiles(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None });
        Assert.InRange(files.Length, 1, 3999);
        Assert.All(files, static f => Assert.StartsWith("sequenceDiagram", File.ReadAllText(f), StringComparison.Ordinal));
        Assert.All(files, static f => Assert.EndsWith(".mmd", f, StringComparison.Ordinal));
        if (signals == 1) Assert.Matches($@"h2m: {files.Length} (of \d+ files|files?) written to", errors.GetAwaiter().GetResult());
    }

    [SkippableFact]
    public void A_reader_of_the_output_that_reads_no_more_is_not_waited_for()
    {
        SkipOnWindows();
        File.WriteAllBytes(scratch.File("many.pcap"), SynFlood.Pcap(4000, isRefused: true));
        using var run = Start(["list", scratch.File("many.pcap")]);

        // More rows than a pipe holds, and nobody takes them: until the first are there it may not have begun.
        Assert.True(run.StandardOutput.Read() >= 0);
        Kill(run, "TERM");
        Assert.Equal(143, EndOf(run));
    }

    [SkippableFact]
    public void A_recorded_command_gets_every_signal_and_the_second_one_is_the_end()
    {
        Machine.NeedsCapturing();
        Machine.NeedsSignal("INT");
        var temporary = Directory.CreateDirectory(scratch.File("tmp")).FullName;
        using var run = Start(["record", "-i", "lo", "--", "sh", "-c", "trap 'echo got' INT; echo ready; while :; do sleep 0.05; done"], ("TMPDIR", temporary));
        Assert.Equal("ready", run.StandardOutput.ReadLine());
        Kill(run, "INT");
        Assert.Equal("got", run.StandardOutput.ReadLine());
        Assert.False(run.HasExited);
        Kill(run, "INT");
        Assert.Equal("got", run.StandardOutput.ReadLine());
        Assert.Equal(130, EndOf(run));

        // The command is not left running: nobody holds the other end any more.
        Assert.Equal("", run.StandardOutput.ReadToEnd());
        Assert.Empty(Directory.GetDirectories(temporary, "h2m-*"));
    }

    [SkippableFact]
    public void A_key_log_that_is_a_pipe_without_a_writer_does_not_keep_a_live_capture_from_ending()
    {
        Machine.NeedsCapturing();
        var pipe = scratch.File("keys");
        Assert.True(Machine.TryRun("mkfifo", pipe));
        using var live = Live.H2m.Watch("-i", "lo", "--filter", "udp port 9", "--key-log", pipe);
        live.Signal("TERM");
        Assert.Equal(143, live.WaitForEnd());
    }

    private static void SkipOnWindows() => Skip.If(OperatingSystem.IsWindows(), "signals and named pipes are Unix's");

    private static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(TestedProgram.Line[0], [.. TestedProgram.Line[1..], .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static void Kill(Process run, string signal) => Assert.True(Machine.TryRun("kill", $"-{signal}", run.Id.ToString(CultureInfo.InvariantCulture)));

    private static int CodeOf(string signal) => signal switch { "HUP" => 129, "INT" => 130, _ => 143 };

    private static int EndOf(Process run)
    {
        if (run.WaitForExit(60_000)) return run.ExitCode;
        run.Kill(entireProcessTree: true);
        Assert.Fail("it goes on");
        return -1;
    }

    private static void WaitFor(Process run, Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !run.HasExited && !condition(); i++) Thread.Sleep(10);
        Assert.False(run.HasExited);
    }

    /// <summary>More than the pipe and the reader's buffers hold: then it is past its start.</summary>
    private static void Feed(Process run, int connections)
    {
        run.StandardInput.BaseStream.Write(SynFlood.Pcap(connections));
        run.StandardInput.BaseStream.Flush();
    }

    private static void FeedForEver(Process run)
    {
        try
        {
            for (var i = 1; ; i++) run.StandardInput.BaseStream.Write(SynFlood.Records(i * 1000, 1000));
        }
        catch (IOException)
        {
            // The reader is gone.
        }
    }

    private static long BytesReadBy(Process run)
    {
        var read = File.ReadLines($"/proc/{run.Id}/io").First(static l => l.StartsWith("rchar:", StringComparison.Ordinal));
        return long.Parse(read[6..], CultureInfo.InvariantCulture) - BytesOfStart;
    }

    /// <summary>The whole ones: on a slow machine the second that an interrupted run has may end within a row.</summary>
    private static List<JsonElement> Rows(string lines) => [.. lines[..(lines.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement)];

    private string[] Names() => [.. Directory.EnumerateFiles(scratch.Directory).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>What the runtime reads of itself, generously.</summary>
    private const long BytesOfStart = 3_000_000;
}
