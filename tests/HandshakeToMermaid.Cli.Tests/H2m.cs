using System.Diagnostics;
using System.Reflection;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>Runs the built h2m as a user does: another process, with its own streams and exit code.</summary>
internal static class H2m
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = typeof(H2m).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>A sample's capture.</summary>
    public static string Sample(string name) => Directory.EnumerateFiles(Path.Combine(Root, "samples", name), "capture.pcap*").First();

    /// <summary>Runs one command line; standard input is <paramref name="input"/> where given.</summary>
    public static (int ExitCode, string Output, string Error) Run(string[] arguments, byte[]? input = null, Dictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(TestedProgram.Line[0], [.. TestedProgram.Line[1..], .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null) process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
