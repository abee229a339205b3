using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Capture;

public sealed class CaptureFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("captures-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_rotated_set_is_one_capture_in_time_order_whatever_the_files_are_called()
    {
        Write("b.pcap", 10, 11, 12);
        Write("a.pcapng", 20, 21);
        Write("c.pcap", 1, 2);

        var read = ReadCapture.OfPaths(folder);

        Assert.Equal([1, 2, 10, 11, 12, 20, 21], read.Frames.Select(Second));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], read.Frames.Select(f => f.Number));
        Assert.Equal(["c.pcap", "c.pcap", "b.pcap", "b.pcap", "b.pcap", "a.pcapng", "a.pcapng"], read.Frames.Select(f => Path.GetFileName(f.Capture)));
        Assert.Empty(read.Damages);
    }

    [Fact]
    public void Captures_that_overlap_are_merged_by_time_and_a_tie_keeps_the_order_given()
    {
        var paths = new[] { Write("z.pcap", 1, 4, 5, 9), Write("y.pcapng", 2, 4, 6), Write("x.pcap", 3, 4, 20) };
        var read = ReadCapture.OfPaths(paths);
        Assert.Equal([(1, 'z'), (2, 'y'), (3, 'x'), (4, 'z'), (4, 'y'), (4, 'x'), (5, 'z'), (6, 'y'), (9, 'z'), (20, 'x')], read.Frames.Select(f => (Second(f), Path.GetFileName(f.Capture)[0])));
    }

    [Fact]
    public void Hundreds_of_captures_that_all_overlap_are_merged()
    {
        for (var i = 0; i < 300; i++) File.WriteAllBytes(Path.Combine(folder, $"{i}.cap"), Build(i % 3 == 0, [i, 1000 + i, 2000 + i]) is var b && i % 7 == 0 ? b.ToGzip() : b.ToArray());
        var read = ReadCapture.OfPaths(folder);
        Assert.Equal(Enumerable.Range(0, 300).Concat(Enumerable.Range(1000, 300)).Concat(Enumerable.Range(2000, 300)), read.Frames.Select(Second));
        Assert.Empty(read.Damages);
        Assert.Equal(read.Source.Progress.Total, read.Source.Progress.Read);
    }

    [Fact]
    public void Frames_out_of_order_inside_a_capture_stay_where_they_are()
    {
        var read = ReadCapture.OfPaths(Write("a.pcap", 5, 1, 9), Write("b.pcap", 4, 6));
        Assert.Equal([4, 5, 1, 6, 9], read.Frames.Select(Second));
    }

    [Fact]
    public void A_cut_off_file_ends_and_the_next_one_goes_on()
    {
        var path = Write("a.pcap", 1, 2, 3);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Write("b.pcap", 4, 5);
        File.WriteAllBytes(Path.Combine(folder, "c.pcap"), CaptureFileBuilder.Pcap().ToArray()[..20]);

        var read = ReadCapture.OfPaths(folder);

        Assert.Equal([1, 2, 4, 5], read.Frames.Select(Second));
        Assert.Equal(2, read.Damages.Count);
        Assert.Contains(read.Damages, d => d.Capture == path && d.Frame == 2);
        Assert.Contains(read.Damages, d => d.Capture.EndsWith("c.pcap", StringComparison.Ordinal) && d.Frame == 0);
    }

    [Fact]
    public void A_directory_s_other_files_are_passed_over()
    {
        Write("a.pcap", 1);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "not a capture");
        File.WriteAllBytes(Path.Combine(folder, "empty.pcap"), []);
        File.WriteAllBytes(Path.Combine(folder, "log.gz"), new byte[] { 0x1F, 0x8B });
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        var read = ReadCapture.OfPaths(folder);
        Assert.Single(read.Frames);
    }

    [Fact]
    public void A_directory_without_captures_is_refused()
    {
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "not a capture");
        Assert.Contains("contains no capture", Assert.Throws<CaptureException>(() => ReadCapture.OfPaths(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_tells_and_not_the_name()
    {
        var path = Path.Combine(folder, "a.txt");
        File.WriteAllBytes(path, Build(true, [1, 2]).ToGzip());
        Assert.Equal(2, ReadCapture.OfPaths(path).Frames.Count);
    }

    [Fact]
    public void A_pattern_that_the_shell_left_alone_is_matched()
    {
        Write("a1.pcap", 1);
        Write("a2.pcap", 2);
        Write("b1.pcap", 3);
        File.WriteAllText(Path.Combine(folder, "a3.pcap"), "text");
        Assert.Equal([1, 2], ReadCapture.OfPaths(Path.Combine(folder, "a*.pcap")).Frames.Select(Second));
        Assert.Equal([1, 3], ReadCapture.OfPaths(Path.Combine(folder, "[ab]1.*")).Frames.Select(Second));
        Assert.Contains("matches no file", Assert.Throws<CaptureException>(() => ReadCapture.OfPaths(Path.Combine(folder, "q*.pcap"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.pcap", "*.pcap", true)]
    [InlineData("a.pcapng", "*.pcap", false)]
    [InlineData("a.pcapng", "*.pcap*", true)]
    [InlineData(".hidden", "*", false)]
    [InlineData(".hidden", ".h*", true)]
    [InlineData("abc", "a?c", true)]
    [InlineData("ac", "a?c", false)]
    [InlineData("x5", "x[0-9]", true)]
    [InlineData("x5", "x[!0-9]", false)]
    [InlineData("x]", "x[]]", true)]
    [InlineData("x[", "x[", true)]
    [InlineData("aXbXc", "a*b*c", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "a*a*a*a*a*a*a*a*c", false)]
    [InlineData("", "*", true)]
    public void A_pattern_matches_as_a_shell_s_does(string name, string pattern, bool matches) => Assert.Equal(matches, FilePattern.Matches(name, pattern));

    [Fact]
    public void A_file_named_twice_is_read_once()
    {
        var path = Write("a.pcap", 1, 2);
        Assert.Equal(2, ReadCapture.OfPaths(path, folder, path).Frames.Count);
    }

    [Fact]
    public void Standard_input_is_read_as_it_comes_and_merged_with_files()
    {
        var pipe = new Drip(Build(true, [1, 3, 5]).ToArray(), 7);
        using var alone = CaptureFiles.Open(["-"], AnalyzerLimits.Default, pipe);
        Assert.Equal("standard input", alone.Name);
        Assert.Null(alone.Progress.Total);
        Assert.Equal(3, ReadCapture.Of(alone).Frames.Count);
        Assert.True(pipe.IsClosed);

        var merged = ReadCapture.Of(CaptureFiles.Open(["-", Write("a.pcap", 2, 4)], AnalyzerLimits.Default, new Drip(Build(false, [1, 3, 5]).ToGzip(), 7)));
        Assert.Equal([1, 2, 3, 4, 5], merged.Frames.Select(Second));
        Assert.Null(merged.Source.Progress.Total);
    }

    [Fact]
    public void A_frame_from_a_pipe_is_given_out_before_the_next_one_is_waited_for()
    {
        var bytes = Build(false, [1, 2]).ToArray();
        using var source = CaptureFiles.Open(new Drip(bytes, 24 + 16 + 4), "pipe", AnalyzerLimits.Default);
        Assert.True(source.TryRead(out _));
        Assert.Equal(44, source.Progress.Read);
    }

    [Fact]
    public void What_cannot_be_opened_is_said_in_one_sentence()
    {
        var text = Path.Combine(folder, "x.txt");
        File.WriteAllText(text, "Hello");
        Assert.Equal($"{text} is not a capture: it begins with 48 65 6c 6c; pcap and pcapng are read, with or without gzip.", Refusal(text));

        File.WriteAllBytes(text, []);
        Assert.Equal($"{text} is empty: it has no capture header.", Refusal(text));

        File.WriteAllBytes(text, CaptureFileBuilder.Pcap().ToArray()[..10]);
        Assert.Equal($"{text} ends inside its header.", Refusal(text));

        File.WriteAllBytes(text, [0x28, 0xB5, 0x2F, 0xFD, 1]);
        Assert.Equal($"{text} is compressed with zstd, which is not read: zstd -dc {text} | h2m convert - reads it.", Refusal(text));

        File.WriteAllBytes(text, [.. "snoop"u8, 0, 0, 0, 0, 0, 0, 2]);
        Assert.StartsWith($"{text} is a snoop file, which is not read: editcap -F pcap {text} ", Refusal(text), StringComparison.Ordinal);

        File.WriteAllBytes(text, [.. "GMBU"u8, 0, 2, 1, 0]);
        Assert.StartsWith($"{text} is a Microsoft Network Monitor file", Refusal(text), StringComparison.Ordinal);

        File.WriteAllBytes(text, [0x1C, 0x00, 0x01, 0xAC, 1]);
        Assert.StartsWith($"{text} is in an unsupported variant of pcap", Refusal(text), StringComparison.Ordinal);

        var missing = Path.Combine(folder, "no.pcap");
        Assert.Equal($"{missing} does not exist.", Refusal(missing));
        Assert.Equal($"{missing} does not exist.", Assert.Throws<CaptureException>(() => ReadCapture.OfPaths(Write("a.pcap", 1), missing)).Message);
        Assert.Throws<CaptureException>(() => ReadCapture.OfPaths());
        Assert.Throws<CaptureException>(() => ReadCapture.OfPaths(""));
        Assert.Throws<CaptureException>(() => ReadCapture.OfPaths("a\0b"));
    }

    [SkippableFact]
    public void A_file_without_permission_is_refused()
    {
        Skip.If(Environment.IsPrivilegedProcess, "the administrator may read everything");
        var path = Write("a.pcap", 1);
        Skip.If(OperatingSystem.IsWindows(), "permissions are of another kind there");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal($"{path} cannot be read: there is no permission to.", Refusal(path));
    }

    [Fact]
    public void Progress_counts_the_stored_bytes()
    {
        var path = Path.Combine(folder, "a.gz");
        var packed = Build(false, [.. Enumerable.Range(0, 5000)]).ToGzip();
        File.WriteAllBytes(path, packed);
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        while (source.TryRead(out _)) Assert.InRange(source.Progress.Read, 1, packed.Length);
        Assert.Equal((packed.Length, packed.Length), source.Progress);
    }

    private static int Second(ReadFrame frame) => (int)(frame.Time / Timestamp.PerSecond);

    private static string Refusal(string path) => Assert.Throws<CaptureException>(() => ReadCapture.OfPaths(path)).Message;

    private static CaptureFileBuilder Build(bool ng, int[] seconds)
    {
        var builder = ng ? CaptureFileBuilder.PcapNg() : CaptureFileBuilder.Pcap();
        foreach (var second in seconds) builder.Frame(new Timestamp(second * Timestamp.PerSecond), [1, 2, 3, 4]);
        return builder;
    }

    private string Write(string name, params int[] seconds)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Build(name.EndsWith("ng", StringComparison.Ordinal), seconds).ToArray());
        return path;
    }
}
