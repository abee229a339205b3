using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>The terminal that controls this process.</summary>
internal static class Terminal
{
    /// <summary>True where keys like Ctrl+C signal this process and its children alike (tcgetpgrp(3)).</summary>
    public static bool IsInForeground()
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            using var terminal = File.OpenHandle("/dev/tty");
            return ForegroundGroup((int)terminal.DangerousGetHandle()) == OwnGroup();
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    private static extern int ForegroundGroup(int terminal);

    [DllImport("libc", EntryPoint = "getpgrp")]
    private static extern int OwnGroup();
}
