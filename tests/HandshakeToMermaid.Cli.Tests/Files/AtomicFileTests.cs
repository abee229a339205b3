using System.Diagnostics;
using System.Runtime.Versioning;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Tests.Live;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Tests.Files;

/// <summary>What is written stands there whole, or what was there before does.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AtomicFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_write_fails_the_old_file_is_whole_and_nothing_is_left_over(bool isThere)
    {
        var path = scratch.File("diagram.mmd");
        var written = false;
        for (var failing = 0; !written; failing++)
        {
            if (isThere) File.WriteAllText(path, "old");
            try
            {
                AtomicFile.Write(path, stream => WriteTenThousand(stream, failing));
                written = true;
            }
            catch (OutputException e)
            {
                Assert.Equal($"{path} cannot be written: the disk is full.", e.Message);
                Assert.Equal(isThere ? ["diagram.mmd"] : [], Names());
                if (isThere) Assert.Equal("old", File.ReadAllText(path));
            }
        }

        Assert.Equal(["diagram.mmd"], Names());
        Assert.Equal(10_000, new FileInfo(path).Length);
    }

    [Fact]
    public void Of_a_diagram_in_parts_none_is_replaced_where_one_fails()
    {
        for (var failing = 0; failing < 30; failing++)
        {
            foreach (var name in PartNames) File.WriteAllText(scratch.File(name), "old");
            var (part, write) = (failing / 10, failing % 10);
            var product = new OutputTarget(new Parts(i => stream => WriteTenThousand(stream, i == part ? write : int.MaxValue)), scratch.File("a.mmd"), new OutputRequest());
            Assert.Throws<OutputException>(() => product.Write([]));
            Assert.Equal(PartNames, Names());
            Assert.All(PartNames, name => Assert.Equal("old", File.ReadAllText(scratch.File(name))));
        }
    }

    [Fact]
    public void Any_other_exception_leaves_nothing_over_either()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(scratch.File("a.mmd"), static _ => throw new InvalidOperationException()));
        Assert.Empty(Names());
    }

    [Fact]
    public void While_it_is_written_the_old_content_stands_and_the_new_one_is_beside_it_under_another_name_each_time()
    {
        var path = scratch.File("a.mmd");
        var beside = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            File.WriteAllText(path, "old");
            AtomicFile.Write(path, stream =>
            {
                stream.Write("new"u8);
                stream.Flush();
                Assert.Equal("old", File.ReadAllText(path));
                beside.Add(Assert.Single(Names(), static name => name != "a.mmd"));
            });
            Assert.Equal("new", File.ReadAllText(path));
        }

        Assert.Equal(3, beside.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_is_unfinished_can_be_removed_at_once()
        => Assert.Throws<OutputException>(() => AtomicFile.Write(scratch.File("a.mmd"), _ =>
        {
            Assert.Single(Names());
            AtomicFile.DiscardUnfinished();
            Assert.Empty(Names());
        }));

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    public void An_existing_file_keeps_its_mode(UnixFileMode mode)
    {
        SkipOnWindows();
        var path = scratch.File("a.mmd");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        AtomicFile.Write(path, static stream => stream.Write("new"u8));
        Assert.Equal((mode, "new"), (File.GetUnixFileMode(path), File.ReadAllText(path)));
    }

    [SkippableFact]
    public void A_new_file_has_the_mode_that_any_new_file_has()
    {
        SkipOnWindows();
        File.WriteAllText(scratch.File("usual"), "");
        AtomicFile.Write(scratch.File("a.mmd"), static stream => stream.Write("new"u8));
        Assert.Equal(File.GetUnixFileMode(scratch.File("usual")), File.GetUnixFileMode(scratch.File("a.mmd")));
    }

    [SkippableFact]
    public void Links_stay_and_what_they_lead_to_is_replaced()
    {
        SkipOnWindows();
        Directory.CreateDirectory(scratch.File("deep/er"));
        File.WriteAllText(scratch.File("deep/a.mmd"), "old");
        File.CreateSymbolicLink(scratch.File("two"), "one");
        File.CreateSymbolicLink(scratch.File("one"), "deep/a.mmd");
        File.CreateSymbolicLink(scratch.File("dangling"), "deep/new.mmd");
        Directory.CreateSymbolicLink(scratch.File("short"), "deep/er");
        File.CreateSymbolicLink(scratch.File("deep/er/up"), "../a.mmd");
        foreach (var (link, target) in new[] { ("two", "deep/a.mmd"), ("dangling", "deep/new.mmd"), ("short/up", "deep/a.mmd") })
        {
            AtomicFile.Write(scratch.File(link), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(link)));
            Assert.NotNull(new FileInfo(scratch.File(link)).LinkTarget);
            Assert.Equal(link, File.ReadAllText(scratch.File(target)));
        }

        Assert.Equal(["dangling", "deep", "one", "short", "two"], Directory.EnumerateFileSystemEntries(scratch.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_device_is_written_directly()
    {
        SkipOnWindows();
        AtomicFile.Write("/dev/null", static stream => stream.Write("x"u8));
        var full = Assert.Throws<OutputException>(static () => AtomicFile.Write("/dev/full", static stream => stream.Write("x"u8)));
        Assert.Equal("/dev/full cannot be written: the disk is full.", full.Message);
        Assert.Equal(FileKind.Device, FileStatus.Of("/dev/null")!.Kind);
    }

    [SkippableFact]
    public void A_named_pipe_is_written_directly()
    {
        SkipOnWindows();
        var pipe = scratch.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe])) made.WaitForExit();
        var read = Task.Run(() => File.ReadAllText(pipe));
        AtomicFile.Write(pipe, static stream => stream.Write("through"u8));
        Assert.Equal("through", read.GetAwaiter().GetResult());
        Assert.Equal(FileKind.Pipe, FileStatus.Of(pipe)!.Kind);
    }

    [SkippableFact]
    public void The_path_of_standard_output_means_standard_output_and_does_not_replace_its_file()
    {
        SkipOnWindows();
        var page = scratch.File("page.md");
        File.WriteAllText(page, "before\n");
        using var shell = Process.Start("sh", ["-c", $"{TestedProgram.InShell} convert '{Tests.H2m.Sample("nxdomain")}' -f mermaid -o /dev/stdout >> '{page}'"]);
        shell.WaitForExit();
        Assert.StartsWith("before\nsequenceDiagram\n", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("a.mmd")]
    [InlineData("a.md")]
    [InlineData("a.svg")]
    [InlineData("a.html")]
    [InlineData("a.json")]
    [InlineData("a.txt")]
    public void A_full_disk_leaves_every_form_as_it_was(string name)
    {
        SkipOnWindows();
        var path = scratch.File(name);
        File.WriteAllText(path, "old");

        // No file may grow; the runtime's own memory for code counts as one, unless it is told not to want it.
        var start = new ProcessStartInfo("bash", ["-c", $"ulimit -f 0; trap '' XFSZ; exec {TestedProgram.InShell} convert '{Tests.H2m.Sample("tls12-success")}' -o '{path}'"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal((ExitCode.Unreadable, $"h2m: {path} cannot be written: it would exceed the file size limit.\n"), (shell.ExitCode, error));
        Assert.Equal([name], Names());
        Assert.Equal("old", File.ReadAllText(path));
    }

    private static void SkipOnWindows() => Skip.If(OperatingSystem.IsWindows(), "modes, devices and named pipes are Unix's");

    /// <summary>Ten writes, of which one may fail as on a full disk.</summary>
    private static void WriteTenThousand(Stream stream, int failing)
    {
        for (var i = 0; i < 10; i++)
        {
            if (i == failing) throw new IOException("No space left on device", 28);
            stream.Write(new byte[1000]);
        }
    }

    private string[] Names() => [.. Directory.EnumerateFiles(scratch.Directory).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static readonly string[] PartNames = ["a.2.mmd", "a.3.mmd", "a.mmd"];

    private sealed class Parts(Func<int, Action<Stream>> part) : IDiagramOutput
    {
        public string Name => "parts";

        public IReadOnlyList<string> Endings => [".mmd"];

        public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request) => new([part(0), part(1), part(2)], []);
    }
}
