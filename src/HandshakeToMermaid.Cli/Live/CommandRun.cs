using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Rights;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>A command that runs with its TLS secrets written to a file, and with this process's input, output and environment.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly Process process;

    private CommandRun(Process process) => this.process = process;

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>What it answered; 128 and the signal's number where a signal ended it.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts it, as another user where one is given; null and a sentence where it cannot be started.</summary>
    public static CommandRun? Start(IReadOnlyList<string> command, string keyLog, Account? account, out string problem, out int exitCode)
    {
        (problem, exitCode) = ("", 0);
        var path = Resolve(command[0], out var isThere);
        if (path is null)
        {
            problem = isThere ? $"{command[0]} is not executable" : $"the command {command[0]} does not exist";
            exitCode = isThere ? NotExecutable : NotFound;
            return null;
        }

        var start = new ProcessStartInfo(path) { UseShellExecute = false };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["SSLKEYLOGFILE"] = keyLog;
        if (account is { IsAlmighty: false }) RunAs(start, account);
        try
        {
            return new CommandRun(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            problem = $"{command[0]} cannot be started: {FileFailure.Reason(new IOException(null, e.NativeErrorCode))}";
            exitCode = NotExecutable;
            return null;
        }
    }

    /// <summary>Passes a signal on, as often as it comes.</summary>
    public void Pass(PosixSignal signal)
    {
        if (process.HasExited) return;
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);

        // A terminal's Ctrl+C went to the command as well.
        else if (signal != PosixSignal.SIGINT || !Terminal.IsInForeground()) _ = Kill(process.Id, Interruption.NumberOf(signal));
    }

    /// <summary>Waits a moment for its end; it is not left running.</summary>
    public void End(TimeSpan patience)
    {
        if (!process.WaitForExit(patience)) process.Kill(entireProcessTree: true);
    }

    /// <summary>It is not left running.</summary>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void RunAs(ProcessStartInfo start, Account account)
    {
        start.UserName = start.Environment["USER"] = start.Environment["LOGNAME"] = account.Name;
        if (account.Home is { Length: > 0 } home) start.Environment["HOME"] = home;
    }

    /// <summary>Looks for a command as a shell does: never in the current directory unless it is said.</summary>
    private static string? Resolve(string command, out bool isThere)
    {
        isThere = false;
        if (OperatingSystem.IsWindows()) return command;
        if (!command.Contains('/', StringComparison.Ordinal)) return SearchPath.Find(command, out isThere);
        isThere = File.Exists(command);
        return SearchPath.IsExecutable(command) ? Path.GetFullPath(command) : null;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    // What shells, env and timeout answer.
    private const int NotFound = 127;
    private const int NotExecutable = 126;
}
