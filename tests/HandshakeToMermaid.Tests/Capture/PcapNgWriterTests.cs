using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Tests.Capture;

public class PcapNgWriterTests
{
    [Fact]
    public void What_is_written_is_read_back_with_times_links_secrets_and_the_end()
    {
        using var stream = new MemoryStream();
        var random = new Random(7);
        var frames = new List<(long Time, LinkType Link, byte[] Data, uint Length)>();
        for (var i = 0; i < 300; i++)
        {
            var data = new byte[random.Next(0, 3000)];
            random.NextBytes(data);
            frames.Add((1_700_000_000_123_456_789 + (i * 1001L), i % 3 == 0 ? LinkType.LinuxSll2 : LinkType.Ethernet, data, (uint)(data.Length + random.Next(0, 9))));
        }

        using (var writer = new PcapNgWriter(new Unclosed(stream), "eth0", 262_144, "tcp port 443"))
        {
            for (var i = 0; i < frames.Count; i++)
            {
                if (i % 100 == 50) writer.WriteKeyLog(Encoding.ASCII.GetBytes($"# {i}\n"));
                var (time, link, data, length) = frames[i];
                writer.Write(new CapturedFrame(new FrameMark(i + 1, new Timestamp(time)), link, data, length));
            }

            writer.Finish(new Timestamp(1_700_000_009_000_000_001), new LiveStatistics(300, 2, 1));
        }

        using var source = CaptureFiles.Open(new MemoryStream(stream.ToArray()), "written", AnalyzerLimits.Default);
        foreach (var (time, link, data, length) in frames)
        {
            Assert.True(source.TryRead(out var frame));
            Assert.Equal(time, frame.Mark.Time.Nanoseconds);
            Assert.Equal(link, frame.Link);
            Assert.Equal(length, frame.OriginalLength);
            Assert.True(frame.Data.SequenceEqual(data));
        }

        Assert.False(source.TryRead(out _));
        Assert.Empty(source.Damages);
        Assert.Equal(["# 50\n", "# 150\n", "# 250\n"], source.KeyLogs.Select(k => Encoding.ASCII.GetString(k.Span)));
        Assert.Equal(1_700_000_009_000_000_001, source.EndTime?.Nanoseconds);
    }

    [Fact]
    public void A_capture_without_frames_is_whole_too()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapNgWriter(new Unclosed(stream), "lo", 65_535)) writer.Finish(new Timestamp(5), default);
        using var source = CaptureFiles.Open(new MemoryStream(stream.ToArray()), "written", AnalyzerLimits.Default);
        Assert.False(source.TryRead(out _));
        Assert.Empty(source.Damages);
        Assert.Equal(5, source.EndTime?.Nanoseconds);
    }

    /// <summary>The writer closes its stream; the test still needs it.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
