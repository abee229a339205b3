using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>Captures that change or fail while they are read: what came before is kept, and what is missing is said.</summary>
public sealed class ChangingFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_that_shrinks_ends_where_it_does_now()
    {
        var (path, file) = Write("a.pcap");
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        Assert.True(source.TryRead(out _));
        using (var shorter = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) shorter.SetLength(file.Length - 5);
        var frames = 1;
        while (source.TryRead(out _)) frames++;

        // What was in the buffer already is not taken back.
        if (frames < Frames) Assert.Contains("the capture ends inside", Assert.Single(source.Damages).What, StringComparison.Ordinal);
        Assert.InRange(frames, Frames - 1, Frames);
    }

    [Fact]
    public void A_file_of_a_set_that_is_removed_is_said_to_be_gone()
    {
        var (first, _) = Write("a.pcap");
        var (second, _) = Write("b.pcap", later: 100);
        using var source = CaptureFiles.Open([first, second], AnalyzerLimits.Default);
        Assert.True(source.TryRead(out _));
        File.Delete(second);
        var frames = 1;
        while (source.TryRead(out _)) frames++;
        Assert.Equal(Frames, frames);
        Assert.Contains("does not exist", Assert.Single(source.Damages).What, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_file_that_is_removed_is_read_to_its_end_where_the_system_lets_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "an open file cannot be removed there");
        var (path, _) = Write("a.pcap");
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        File.Delete(path);
        var frames = 0;
        while (source.TryRead(out _)) frames++;
        Assert.Equal((Frames, 0), (frames, source.Damages.Count));
    }

    [Fact]
    public void A_read_that_fails_at_any_byte_keeps_the_frames_before_it()
    {
        var file = Bytes(0);
        for (var at = 0; at < file.Length; at += at < 100 ? 1 : 37)
        {
            var stream = new FailingStream(file, at);
            if (at < HeaderLength)
            {
                Assert.Throws<CaptureException>(() => CaptureFiles.Open(stream, "failing", AnalyzerLimits.Default));
                continue;
            }

            using var source = CaptureFiles.Open(stream, "failing", AnalyzerLimits.Default);
            var frames = 0;
            while (source.TryRead(out _)) frames++;
            Assert.Equal((at - HeaderLength) / RecordLength, frames);
            Assert.Equal("reading failed (the device reports an input/output error)", Assert.Single(source.Damages).What);
        }
    }

    private (string Path, byte[] Bytes) Write(string name, int later = 0)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Bytes(later));
        return (path, Bytes(later));
    }

    private static byte[] Bytes(int later)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write((byte[])[0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]);
        for (var i = 0; i < Frames; i++)
        {
            writer.Write(1_700_000_000 + later);
            writer.Write(i);
            writer.Write(RecordLength - 16);
            writer.Write(RecordLength - 16);
            writer.Write(new byte[RecordLength - 16]);
        }

        return file.ToArray();
    }

    private const int HeaderLength = 24;
    private const int RecordLength = 76;
    private const int Frames = 50;

    private sealed class FailingStream(byte[] bytes, int failAt) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position >= failAt) throw new IOException(null, 5);
            return base.Read(buffer[..(int)Math.Min(buffer.Length, failAt - Position)]);
        }
    }
}
