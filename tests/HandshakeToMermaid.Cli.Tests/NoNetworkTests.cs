using System.Diagnostics;
using HandshakeToMermaid.Cli.Tests.Live;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>Nothing is sent anywhere: no command but capture itself opens a socket of the network.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NoNetworkTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableTheory]
    [InlineData("list", "CAPTURE")]
    [InlineData("list", "CAPTURE", "--json")]
    [InlineData("convert", "CAPTURE", "-o", "DIR/a.svg")]
    [InlineData("convert", "CAPTURE", "-o", "DIR/a.html")]
    [InlineData("convert", "CAPTURE", "--link")]
    [InlineData("convert", "CAPTURE", "-f", "markdown", "--name", "192.0.2.10=client")]
    [InlineData("list", "CAPTURE", "--host", "www.example.com")]
    [InlineData("templates", "list")]
    public void No_socket_of_the_network_is_opened(params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "system calls are watched on Linux only");
        Machine.Needs("strace");
        var trace = scratch.File("trace");
        var line = arguments.Select(a => a.Replace("CAPTURE", H2m.Sample("tls13-success"), StringComparison.Ordinal).Replace("DIR", scratch.Directory, StringComparison.Ordinal));
        var start = new ProcessStartInfo("strace", ["-f", "-qq", "-e", "trace=socket,connect,sendto,sendmsg,execve", "-o", trace, .. TestedProgram.Line, .. line])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var output = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEnd();
        run.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        Skip.If(!File.Exists(trace) || errors.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "tracing is not allowed here");
        Assert.Equal(0, run.ExitCode);
        var calls = File.ReadAllText(trace);

        // It was watched: its own start is there.
        Assert.Contains("execve(", calls, StringComparison.Ordinal);
        foreach (var family in (string[])["AF_INET", "AF_PACKET", "AF_NETLINK"]) Assert.DoesNotContain(family, calls, StringComparison.Ordinal);
    }
}
