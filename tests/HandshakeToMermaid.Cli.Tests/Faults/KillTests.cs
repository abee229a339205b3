using System.Diagnostics;
using System.Globalization;
using HandshakeToMermaid.Cli.Tests.Live;
using HandshakeToMermaid.Cli.Tests.Signals;

namespace HandshakeToMermaid.Cli.Tests.Faults;

/// <summary>A process that is killed has no last word: what it leaves is whole, and the next run removes the rest.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KillTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableFact]
    public void Killed_at_twenty_moments_files_are_old_or_new_and_never_half()
    {
        Skip.If(OperatingSystem.IsWindows(), "SIGKILL is Unix's");
        File.WriteAllBytes(scratch.File("many.pcap"), SynFlood.Pcap(Connections, isRefused: true));
        var (whole, folder) = (scratch.File("whole"), Directory.CreateDirectory(scratch.File("diagrams")).FullName);
        Assert.Equal(0, Tests.H2m.Run(["convert", scratch.File("many.pcap"), "-o", whole + "/"]).ExitCode);
        var names = Directory.GetFiles(whole).Select(static f => Path.GetFileName(f)!).ToList();
        Assert.Equal(Connections, names.Count);
        foreach (var name in names) File.WriteAllText(Path.Combine(folder, name), Old);
        for (var moment = 0; moment < 20; moment++)
        {
            using var run = Process.Start(new ProcessStartInfo(TestedProgram.Line[0], [.. TestedProgram.Line[1..], "convert", scratch.File("many.pcap"), "-o", folder + "/", "--quiet"]) { UseShellExecute = false })!;
            var last = Path.Combine(folder, names[moment * Connections / 20]);
            for (var i = 0; i < 3000 && !run.HasExited && File.ReadAllText(last) == Old; i++) Thread.Sleep(Random.Shared.Next(10));
            run.Kill();
            run.WaitForExit();
            foreach (var name in names)
            {
                var content = File.ReadAllText(Path.Combine(folder, name));
                if (content != Old) Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), content);
                File.WriteAllText(Path.Combine(folder, name), Old);
            }
        }

        // As a kill between the writing and the renaming leaves it, surely.
        File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".h2m-{DeadProcess()}-abcdefgh.ijk")), "half");
        Assert.Equal(0, Tests.H2m.Run(["convert", scratch.File("many.pcap"), "-o", folder + "/"]).ExitCode);
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(static f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(folder, name))));
    }

    [SkippableFact]
    public void What_a_running_process_writes_is_left_alone()
    {
        Skip.If(OperatingSystem.IsWindows(), "SIGKILL is Unix's");
        var other = scratch.File(string.Create(CultureInfo.InvariantCulture, $".h2m-{Environment.ProcessId}-abcdefgh.ijk"));
        var foreign = scratch.File(string.Create(CultureInfo.InvariantCulture, $".h2m-{DeadProcess()}-abcdefgh.ijk"));
        File.WriteAllText(other, "being written");
        using (new FileStream(foreign, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            // Its number is dead here, but somebody has it open.
            Assert.Equal(0, Tests.H2m.Run(["convert", Tests.H2m.Sample("nxdomain"), "-o", scratch.File("a.mmd")]).ExitCode);
        }

        Assert.True(File.Exists(other));
        Assert.True(File.Exists(foreign));
    }

    [SkippableFact]
    public void Key_logs_of_killed_recordings_are_removed_by_the_next_one()
    {
        Machine.NeedsCapturing();
        var temporary = Directory.CreateDirectory(scratch.File("tmp")).FullName;
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary };
        using (var killed = Live.H2m.Start(environment, ["record", "-i", "lo", "--", "sh", "-c", "echo ready; exec sleep 3"]))
        {
            killed.WaitForOutput("ready");
            killed.Signal("KILL");
            killed.WaitForEnd();
        }

        var left = Assert.Single(Directory.GetDirectories(temporary, "h2m-*"));
        var foreign = Directory.CreateDirectory(Path.Combine(temporary, "h2m-laws-abcdef")).FullName;
        using var next = Live.H2m.Start(environment, ["record", "-i", "lo", "--", "true"]);
        next.WaitForEnd();
        Assert.False(Directory.Exists(left));
        Assert.Equal([foreign], Directory.GetDirectories(temporary, "h2m-*"));
    }

    private static int DeadProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("true") { UseShellExecute = false })!;
        process.WaitForExit();
        return process.Id;
    }

    private const string Old = "old";
    private const int Connections = 200;
}
