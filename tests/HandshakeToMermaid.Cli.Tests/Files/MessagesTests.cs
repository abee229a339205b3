using System.Diagnostics;
using HandshakeToMermaid.Cli.Tests.Live;

namespace HandshakeToMermaid.Cli.Tests.Files;

/// <summary>
/// What is said of files that cannot be read or written, by a program whose runtime carries no messages of its own, as the trimmed
/// single file does (UseSystemResourceKeys): "IO_SharingViolation_File" says nothing to anybody.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MessagesTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableTheory]
    [InlineData("does not exist", "list", "DIR/missing.pcap")]
    [InlineData("does not exist", "list", "DIR/missing/missing.pcap")]
    [InlineData("does not exist", "list", "CAPTURE", "--key-log", "DIR/missing.log")]
    [InlineData("does not exist", "convert", "CAPTURE", "--names", "DIR/missing.hosts")]
    [InlineData("does not exist", "list", "CAPTURE", "--ca-file", "DIR/missing.pem")]
    [InlineData("does not exist", "templates", "render", "mermaid/sequence", "--data", "DIR/missing.json")]
    [InlineData("contains no capture", "list", "DIR/empty")]
    [InlineData("it is a directory", "list", "CAPTURE", "--key-log", "DIR")]
    [InlineData("it is a directory", "convert", "CAPTURE", "--names", "DIR")]
    [InlineData("it is a directory", "list", "CAPTURE", "--ca-file", "DIR")]
    [InlineData("it is a directory", "templates", "render", "mermaid/sequence", "--data", "DIR")]
    [InlineData("does not exist", "list", "DIR/file/x.pcap")]
    [InlineData("its directory does not exist", "convert", "CAPTURE", "-o", "DIR/missing/a.mmd")]
    [InlineData("its directory does not exist", "convert", "CAPTURE", "-o", "DIR/file/a.mmd")]
    [InlineData("a file with that name exists", "convert", "CAPTURE", "-o", "DIR/file/")]
    [InlineData("its name is too long", "convert", "CAPTURE", "-o", "DIR/LONG.mmd")]
    [InlineData("the disk is full", "convert", "CAPTURE", "-f", "mermaid", "-o", "/dev/full")]
    [InlineData("permission denied", "list", "DIR/secret.pcap")]
    [InlineData("permission denied", "list", "CAPTURE", "--key-log", "DIR/secret.pcap")]
    [InlineData("permission denied", "convert", "CAPTURE", "-o", "DIR/secret.mmd")]
    [InlineData("does not contain a JSON object", "templates", "render", "mermaid/sequence", "--data", "DIR/array.json")]
    [InlineData("line 1, byte 2", "templates", "render", "mermaid/sequence", "--data", "DIR/broken.json")]
    public void Every_message_is_a_sentence_of_ours(string expected, params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "modes and /dev/full are Unix's");
        File.WriteAllText(scratch.File("file"), "");
        Directory.CreateDirectory(scratch.File("empty"));
        File.WriteAllText(scratch.File("broken.json"), "{broken");
        File.WriteAllText(scratch.File("array.json"), "[]");
        File.WriteAllText(scratch.File("secret.mmd"), "old");
        File.Copy(Tests.H2m.Sample("nxdomain"), scratch.File("secret.pcap"));
        foreach (var name in (string[])["secret.mmd", "secret.pcap"]) File.SetUnixFileMode(scratch.File(name), UnixFileMode.None);
        if (expected.Contains("permission", StringComparison.Ordinal)) Skip.If(MayEverything(), "nothing is forbidden to this user");
        var error = Run([.. arguments.Select(a => a
            .Replace("DIR", scratch.Directory, StringComparison.Ordinal)
            .Replace("LONG", new string('x', 300), StringComparison.Ordinal)
            .Replace("CAPTURE", Tests.H2m.Sample("nxdomain"), StringComparison.Ordinal))]);
        Assert.StartsWith("h2m: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Z][A-Za-z]+_[A-Z]|Exception| at System", error.Replace(scratch.Directory, "", StringComparison.Ordinal));
        Assert.EndsWith(".\n", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [SkippableFact]
    public void A_file_that_another_program_has_locked_is_said_to_be()
    {
        using var locked = new FileStream(scratch.File("a.pcap"), FileMode.Create, FileAccess.Write, FileShare.None);
        Assert.Equal($"h2m: {scratch.File("a.pcap")} cannot be read: another program has it open or locked; try again when that has ended.\n", Run(["list", scratch.File("a.pcap")]));
    }

    [SkippableFact]
    public void A_full_disk_behind_standard_output_is_said()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full");
        foreach (var command in (string[])["list", "convert", "list --json"])
        {
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"{TestedProgram.InShell} {command} '{Tests.H2m.Sample("nxdomain")}' > /dev/full"]) { UseShellExecute = false, RedirectStandardError = true })!;
            Assert.Equal("h2m: input or output failed: the disk is full.\n", shell.StandardError.ReadToEnd());
            shell.WaitForExit();
            Assert.Equal(ExitCode.Unreadable, shell.ExitCode);
        }
    }

    private bool MayEverything()
    {
        try
        {
            using var read = File.OpenRead(scratch.File("secret.pcap"));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What it says on standard error, without messages of the runtime.</summary>
    private string Run(string[] arguments)
    {
        var program = typeof(ExitCode).Assembly.Location;
        var settings = Path.ChangeExtension(program, ".runtimeconfig.json");
        var bare = scratch.File("bare.json");
        File.WriteAllText(bare, File.ReadAllText(settings).Replace("\"configProperties\": {", "\"configProperties\": { \"System.Resources.UseSystemResourceKeys\": true,", StringComparison.Ordinal));

        // The native program has none in any case.
        string[] line = TestedProgram.Other is { } other ? [other] : ["dotnet", "exec", "--runtimeconfig", bare, "--depsfile", Path.ChangeExtension(program, ".deps.json"), program];
        var start = new ProcessStartInfo(line[0], [.. line[1..], .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        File.Delete(bare);
        return error;
    }
}
