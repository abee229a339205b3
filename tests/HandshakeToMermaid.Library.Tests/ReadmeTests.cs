using System.Diagnostics;

namespace HandshakeToMermaid.Tests;

/// <summary>The program that the README shows: it is the source of a project of the solution, and does what the README says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_a_program_that_compiles()
    {
        var source = File.ReadAllText(Checkout.PathOf("tests", "HandshakeToMermaid.Library.Sample", "Program.cs")).ReplaceLineEndings("\n");
        var path = Checkout.PathOf("README.md");
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        Assert.True(begin >= Fence.Length, "README.md shows no program");
        var end = page.IndexOf("```", begin, StringComparison.Ordinal);
        Golden.Verify($"{page[..begin]}{source}{page[end..]}", path);
    }

    [Fact]
    public void The_program_of_the_readme_prints_what_failed_and_its_diagram()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HandshakeToMermaid.Library.Sample.dll");
        var start = new ProcessStartInfo("dotnet", [program, Checkout.PathOf("samples", "expired-certificate", "capture.pcap")]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Matches(@"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ TLS 1\.2 handshake with www\.example\.com, failed\nError: [^\n]+\nsequenceDiagram\n", printed);
        Assert.EndsWith($"\n{File.ReadAllText(Checkout.PathOf("samples", "expired-certificate", "diagram.mmd")).ReplaceLineEndings("\n")}\n", printed, StringComparison.Ordinal);
    }

    private const string Fence = "```csharp\n";
}
