using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>A long capture is read by another thread: nobody may notice.</summary>
public sealed class ReadAheadTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 100_000)]
    [InlineData(false, int.MaxValue)]
    [InlineData(true, 4096)]
    [InlineData(true, int.MaxValue)]
    public void Every_frame_of_a_long_capture_comes_as_it_was_written(bool ng, int most)
    {
        var file = LongFile(ng);
        using var source = CaptureFiles.Open(new Piecemeal(file, most == 1 ? 70_001 : most), "long", AnalyzerLimits.Default);
        var number = 0;
        while (source.TryRead(out var frame))
        {
            Assert.Equal(++number, frame.Mark.Frame);
            Assert.True(frame.Data.SequenceEqual(Bytes(number)), $"frame {number} is not what was written");
        }

        Assert.Equal(Frames, number);
        Assert.Empty(source.Damages);
    }

    [Fact]
    public void A_long_capture_that_ends_inside_a_frame_is_read_up_to_it_and_says_so()
    {
        var file = LongFile(ng: false);
        using var source = CaptureFiles.Open(new Piecemeal(file[..^7], int.MaxValue), "cut", AnalyzerLimits.Default);
        var number = 0;
        while (source.TryRead(out _)) number++;
        Assert.Equal(Frames - 1, number);
        Assert.Contains("ends inside a frame", Assert.Single(source.Damages).What);
    }

    [Fact]
    public void A_stream_that_fails_behind_its_beginning_is_told_with_what_was_read_before()
    {
        using var source = CaptureFiles.Open(new Piecemeal(LongFile(ng: false), 100_000, failAt: 5_000_000), "failing", AnalyzerLimits.Default);
        var number = 0;
        while (source.TryRead(out _)) number++;
        Assert.InRange(number, 1, Frames - 1);
        Assert.Contains("the disk is gone", Assert.Single(source.Damages).What);
    }

    [Fact]
    public void A_source_that_is_closed_early_leaves_no_thread_waiting()
    {
        var stream = new Piecemeal(LongFile(ng: false), int.MaxValue);
        using (var source = CaptureFiles.Open(stream, "left", AnalyzerLimits.Default))
        {
            for (var i = 0; i < 12; i++) Assert.True(source.TryRead(out _));
        }

        Assert.True(stream.IsClosed);
    }

    /// <summary>Frames from one byte to some larger than a chunk of what is read ahead.</summary>
    private static byte[] LongFile(bool ng)
    {
        var builder = ng ? CaptureFileBuilder.PcapNg() : CaptureFileBuilder.Pcap(snapLength: 1 << 20);
        for (var number = 1; number <= Frames; number++) builder.Frame(new Timestamp(number * 1_000L), Bytes(number));
        return builder.ToArray();
    }

    private static byte[] Bytes(int number)
    {
        var bytes = new byte[(number % 10) switch { 0 => 700_000, 1 => 66_000, _ => 1 + (number * 7919 % 60_000) }];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i + number);
        return bytes;
    }

    private const int Frames = 120;

    /// <summary>A stream that gives little at a time, and may fail.</summary>
    private sealed class Piecemeal(byte[] bytes, int most, int failAt = int.MaxValue) : Stream
    {
        private int at;

        public bool IsClosed { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (at >= failAt) throw new IOException("the disk is gone");
            var read = Math.Min(Math.Min(buffer.Length, most), bytes.Length - at);
            bytes.AsSpan(at, read).CopyTo(buffer);
            at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => IsClosed = true;
    }
}
