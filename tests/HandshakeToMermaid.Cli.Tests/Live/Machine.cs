using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>What a test needs of the machine; one that needs what is not there is skipped and says why.</summary>
internal static class Machine
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(path);

    /// <summary>Skips the test where programs that are started ignore a signal: what a shell runs in the background ignores INT, and so do its children.</summary>
    public static void NeedsSignal(string signal)
    {
        const string Field = "SigIgn:";
        var number = signal switch { "HUP" => 1, "INT" => 2, _ => 15 };
        if (!File.Exists("/proc/self/status") || File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal)) is not { } line) return;
        var ignored = ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Skip.If((ignored & (1UL << (number - 1))) != 0, $"{signal} is ignored where these tests were started, in the background of a shell for instance");
    }

    public static void NeedsCapturing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "captures on Linux only");
        Skip.IfNot(Environment.UserName == "root", "capturing needs root");
        Skip.IfNot(TryRun("sh", "-c", "ls /usr/lib/*/libpcap.so* /usr/lib/libpcap.so* /usr/lib64/libpcap.so* 2>/dev/null | grep -q ."), "needs libpcap");
    }

    public static void Needs(params string[] programs)
    {
        foreach (var program in programs) Skip.IfNot(TryRun("sh", "-c", $"command -v {program}"), $"needs {program}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            return process.WaitForExit(30_000) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
