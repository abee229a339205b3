using System.Buffers.Binary;
using System.IO.Compression;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Capture;

public sealed class CaptureDamageTests
{
    public static TheoryData<bool, bool> Formats() => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_beginning_of_a_capture_gives_exactly_its_whole_frames(bool ng, bool bigEndian)
    {
        var builder = Sample(ng, bigEndian);
        var file = builder.ToArray();
        var whole = ReadCapture.Of(file).Frames;
        var header = ng ? 28 : 24;
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file[..length];
            if (length < header)
            {
                Assert.Throws<CaptureException>(() => ReadCapture.Of(cut));
                continue;
            }

            var read = ReadCapture.Of(cut);
            Assert.Equal(whole.Take(builder.Ends.Count(end => end <= length)), read.Frames);
            var isBetween = length == header || builder.Ends.Contains(length) || (ng && IsBlockEnd(file, length, bigEndian));
            Assert.Equal(isBetween, read.Damages.Count == 0);
            if (!isBetween)
            {
                Assert.Equal(read.Frames.Count, read.Damages[0].Frame);
                Assert.InRange(read.Damages[0].Offset, header, length);
            }
        }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public void Every_beginning_of_a_gzip_gives_the_frames_before_the_cut_and_a_damage(bool ng, int members)
    {
        var builder = Sample(ng, false);
        var packed = builder.ToGzip(members);
        var whole = ReadCapture.Of(builder.ToArray()).Frames;
        for (var length = 0; length < packed.Length; length++)
        {
            var cut = packed[..length];
            var unpacked = UnpackLeniently(cut);
            ReadCapture read;
            try
            {
                read = ReadCapture.Of(cut);
            }
            catch (CaptureException)
            {
                Assert.True(unpacked < 28, $"{unpacked} bytes of a capture were there");
                continue;
            }

            Assert.Equal(whole.Take(builder.Ends.Count(end => end <= unpacked)), read.Frames);

            // A cut between two members leaves good gzip; then the capture inside tells, if it is not cut between two frames.
            if (members == 1) Assert.Single(read.Damages);
        }
    }

    [Fact]
    public void Gzip_with_a_wrong_checksum_gives_all_its_frames_and_a_damage()
    {
        var packed = Sample(false, false).ToGzip();
        packed[^6] ^= 0x40;
        var read = ReadCapture.Of(packed);
        Assert.Equal(ReadCapture.Of(Sample(false, false).ToArray()).Frames, read.Frames);
        Assert.Contains("corrupt", Assert.Single(read.Damages).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_with_something_behind_it_says_so()
    {
        var read = ReadCapture.Of([.. Sample(false, false).ToGzip(), .. "trailing"u8]);
        Assert.Equal(Sample(false, false).Ends.Count, read.Frames.Count);
        Assert.Single(read.Damages);
    }

    [Fact]
    public void Gzip_with_an_empty_member_inside_is_good()
    {
        var empty = new MemoryStream();
        using (var packer = new GZipStream(empty, CompressionLevel.Optimal, leaveOpen: true)) packer.Flush();
        if (empty.Length == 0) empty.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var good = Sample(false, false).ToGzip(2);
        var read = ReadCapture.Of([.. empty.ToArray(), .. good, .. empty.ToArray()]);
        Assert.Equal(Sample(false, false).Ends.Count, read.Frames.Count);
        Assert.Empty(read.Damages);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_frame_is_read_up_to_the_cap_and_not_beyond(bool ng, bool bigEndian)
    {
        var limits = new AnalyzerLimits { FrameBytes = 1000 };
        foreach (var (length, isRead) in new[] { (999, true), (1000, true), (1001, false) })
        {
            var builder = ng ? CaptureFileBuilder.PcapNg(bigEndian: bigEndian) : CaptureFileBuilder.Pcap(bigEndian: bigEndian);
            var read = ReadCapture.Of(builder.Frame(default, [1]).Frame(default, new byte[length]).ToArray(), limits);
            Assert.Equal(isRead ? 2 : 1, read.Frames.Count);
            Assert.Equal(isRead, read.Damages.Count == 0);
            if (!isRead) Assert.Contains("1,001 bytes", read.Damages[0].ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_frame_larger_than_the_buffer_is_read(bool ng, bool bigEndian)
    {
        var large = new byte[3_000_000];
        Random.Shared.NextBytes(large);
        var builder = ng ? CaptureFileBuilder.PcapNg(bigEndian: bigEndian) : CaptureFileBuilder.Pcap(bigEndian: bigEndian, snapLength: 4_000_000);
        var file = builder.Frame(default, [1]).Frame(default, large).Frame(default, [2]).ToArray();
        var read = ReadCapture.Of(CaptureFiles.Open(new Drip(file, 70_000), "pipe", AnalyzerLimits.Default));
        Assert.Equal(["01", Convert.ToHexString(large), "02"], read.Frames.Select(f => f.Data));
    }

    [Fact]
    public void A_length_that_lies_costs_no_memory()
    {
        var file = CaptureFileBuilder.Pcap().Bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0, 0xFF, 0, 1, 2, 3]).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = ReadCapture.Of(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal("memory: the capture ends inside a frame of 16711680 bytes, at byte 24; read up to frame 0.", Assert.Single(read.Damages).ToString());
    }

    [Fact]
    public void A_block_whose_lengths_differ_ends_the_reading()
    {
        var builder = CaptureFileBuilder.PcapNg().Frame(default, [1, 2, 3, 4]);
        var file = builder.Frame(default, [5, 6, 7, 8]).Frame(default, [9]).ToArray();
        file[builder.Ends[1] - 4] ^= 1;
        var read = ReadCapture.Of(file);
        Assert.Single(read.Frames);
        Assert.Equal((builder.Ends[0], 1L), ((int)read.Damages[0].Offset, read.Damages[0].Frame));
    }

    [Fact]
    public void A_frame_of_an_interface_that_was_not_described_ends_the_reading()
    {
        foreach (var file in new[] { CaptureFileBuilder.PcapNg().Frame(default, [1]).Enhanced(1, 0, [2]).ToArray(), CaptureFileBuilder.PcapNg().Frame(default, [1]).Section(true).Simple([2]).ToArray() })
        {
            var read = ReadCapture.Of(file);
            Assert.Single(read.Frames);
            Assert.Contains("is not described", Assert.Single(read.Damages).What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Key_logs_and_names_without_end_are_cut_off_at_a_cap()
    {
        var limits = new AnalyzerLimits { FrameBytes = 100, RememberedQueries = 2 };
        var builder = CaptureFileBuilder.PcapNg();
        for (var i = 0; i < 9; i++) builder.Secrets(new string((char)('a' + i), 60)).NameOf([10, 0, 0, (byte)i], "x");
        var read = ReadCapture.Of(builder.Frame(default, [1]).ToArray(), limits);
        Assert.Equal(6, read.Source.KeyLogs.Count);
        Assert.Equal(2, read.Source.Names.Count);
        Assert.Single(read.Damages);
        Assert.Single(read.Frames);
    }

    [Fact]
    public void Flipped_bytes_never_throw_anything_but_a_capture_exception()
    {
        byte[][] seeds =
        [
            Sample(false, false).ToArray(), Sample(true, false).ToArray(), Sample(true, true).ToArray(), Sample(false, true).ToGzip(2), Sample(true, false).ToGzip(),
            CaptureFileBuilder.PcapNg().Secrets("abc").NameOf([1, 2, 3, 4], "n").Obsolete(0, 1, [1]).Simple([1, 2, 3]).Interface(LinkType.Raw, 0x8A, 7).Section(true).ToArray(),
        ];
        var random = new Random(20240607);
        for (var round = 0; round < 30_000; round++)
        {
            var file = seeds[round % seeds.Length].ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                var at = random.Next(file.Length);
                if (random.Next(4) == 0 && at + 4 <= file.Length) BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), random.Next(3) == 0 ? uint.MaxValue : (uint)random.Next(64));
                else file[at] = (byte)random.Next(256);
            }

            try
            {
                _ = ReadCapture.Of(file);
            }
            catch (CaptureException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_frame_costs_no_memory(bool ng, bool bigEndian)
    {
        var builder = ng ? CaptureFileBuilder.PcapNg(bigEndian: bigEndian) : CaptureFileBuilder.Pcap(bigEndian: bigEndian);
        for (var i = 0; i < 12_000; i++) builder.Frame(new Timestamp(i * 1_000L), new byte[i % 1500]);
        var file = builder.ToArray();

        // The runtime may allocate for itself while it compiles the loop better: one of a few rounds must be free of it.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedIn10000Frames(file)));
    }

    private static long AllocatedIn10000Frames(byte[] file)
    {
        using var source = CaptureFiles.Open(new MemoryStream(file), "memory", AnalyzerLimits.Default);
        for (var i = 0; i < 1000; i++) source.TryRead(out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = 0;
        for (var i = 0; i < 10_000; i++)
        {
            if (source.TryRead(out _)) frames++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(10_000, frames);
        return allocated;
    }

    private static CaptureFileBuilder Sample(bool ng, bool bigEndian)
    {
        var builder = ng ? CaptureFileBuilder.PcapNg(bigEndian: bigEndian) : CaptureFileBuilder.Pcap(bigEndian: bigEndian);
        for (var i = 0; i < 12; i++)
        {
            var bytes = new byte[(i * 5) + 1];
            new Random(i).NextBytes(bytes);
            builder.Frame(new Timestamp(1_700_000_000_000_001_000 + (i * 3_000_000L)), bytes);
            if (ng && i == 6) builder.Secrets("CLIENT_RANDOM a b");
        }

        return builder;
    }

    private static bool IsBlockEnd(byte[] file, int length, bool bigEndian)
    {
        var at = 0;
        while (at < length) at += (int)(bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 4)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)));
        return at == length;
    }

    private static int UnpackLeniently(byte[] packed)
    {
        var unpacked = 0;
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            while (stream.ReadByte() >= 0) unpacked++;
        }
        catch (InvalidDataException)
        {
            return unpacked;
        }

        return unpacked;
    }
}
