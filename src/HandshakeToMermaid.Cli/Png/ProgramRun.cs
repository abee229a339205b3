using System.ComponentModel;
using System.Diagnostics;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Png;

/// <summary>Runs a program without a shell, to its end or to a limit of time.</summary>
internal static class ProgramRun
{
    /// <summary>Runs it; nothing of it is left running.</summary>
    /// <returns>What it said last where it failed; empty where it said that all is well.</returns>
    /// <exception cref="OutputException">It cannot be started, or did not end in time.</exception>
    public static string ToTheEnd(string path, IEnumerable<string> arguments, TimeSpan limit)
    {
        using var process = Start(path, arguments);
        try
        {
            process.StandardInput.Close();
            var said = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            if (!process.WaitForExit(limit)) throw new OutputException($"{path} was stopped: it drew no PNG in {limit.TotalSeconds:0} s.");
            if (process.ExitCode == 0) return "";

            // A browser's helpers may hold the pipe open for longer than it lives itself.
            var reason = said.Wait(TimeSpan.FromSeconds(1)) ? Reason(said.Result) : "";
            return reason.Length > 0 ? reason : $"exit code {process.ExitCode}";
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string path, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new OutputException($"{path} cannot be started: {FileFailure.Reason(new IOException(null, e.NativeErrorCode))}.", e);
        }
    }

    /// <summary>The line that says why: what a browser calls fatal, else what came last.</summary>
    private static string Reason(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var reason = VisibleText.Of(Array.Find(lines, line => line.Contains("FATAL", StringComparison.Ordinal)) ?? lines.LastOrDefault("")).TrimEnd('.');
        return reason.Length > Longest ? reason[..Longest] : reason;
    }

    private const int Longest = 200;
}
