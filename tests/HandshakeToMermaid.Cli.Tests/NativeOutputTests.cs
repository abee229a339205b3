using System.Diagnostics;
using HandshakeToMermaid.Catalogs;

namespace HandshakeToMermaid.Cli.Tests;

/// <summary>The program that H2M_PROGRAM names writes for every sample, in every form, the bytes that the managed program writes.</summary>
public sealed class NativeOutputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What follows `convert CAPTURE`, with KEY in place of a file with a key.</summary>
    public static TheoryData<string> Forms =>
    [
        "-f mermaid --detail full --explain",
        "-f mermaid --template mermaid/sequence",
        "-f markdown --redact --redact-key KEY",
        "-f svg --timeline",
        .. OutputCatalog.All.Select(form => $"-f {form.Name}"),
    ];

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public async Task Every_sample_looks_the_same(string form)
    {
        NeedsAnother();
        string[] files = [Path.Combine(folder, "managed"), Path.Combine(folder, "native")];
        foreach (var capture in Captures)
        {
            string[] arguments = ["convert", capture, .. Words(form), .. Keys(capture), "-o"];
            var exit = await CommandLine.Run([.. arguments, files[0]]);
            Assert.Equal((exit, capture), (Run([.. TestedProgram.Line, .. arguments, files[1]]).ExitCode, capture));
            Assert.NotEqual(ExitCode.WrongUsage, exit);
            if (!File.Exists(files[0])) continue;
            var (managed, native) = (await File.ReadAllBytesAsync(files[0]), await File.ReadAllBytesAsync(files[1]));
            Assert.True(managed.AsSpan().SequenceEqual(native), $"{capture} differs");
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("--json")]
    [InlineData("--json --redact --redact-key KEY")]
    public void Every_sample_is_listed_the_same(string form)
    {
        NeedsAnother();
        string[] arguments = ["list", .. Captures, .. Words(form), .. Captures.SelectMany(Keys)];
        Assert.Equal(Run([.. TestedProgram.Managed, .. arguments]), Run([.. TestedProgram.Line, .. arguments]));
    }

    private static void NeedsAnother() => Skip.If(TestedProgram.Other is null, "H2M_PROGRAM names no other program");

    private static string[] Captures => [.. Directory.EnumerateFiles(Path.Combine(H2m.Root, "samples"), "capture.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Words(string form) =>
        form.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "KEY" ? Path.Combine(H2m.Root, ".gitattributes") : word);

    private static string[] Keys(string capture) => Path.Combine(Path.GetDirectoryName(capture)!, "keys.log") is var log && File.Exists(log) ? ["--key-log", log] : [];

    private static (int ExitCode, string Output, string Error) Run(string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, Convert.ToHexString(output.ToArray()), error.GetAwaiter().GetResult());
    }
}
