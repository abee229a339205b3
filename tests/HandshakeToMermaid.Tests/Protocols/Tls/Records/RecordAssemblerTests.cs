using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Records;

public class RecordAssemblerTests
{
    [Fact]
    public void Records_are_the_same_however_the_stream_is_cut()
    {
        var stream = Join(Handshake(ClientHello13()), ChangeCipherSpec(), Encrypted(300), Encrypted(0), Alert(2, 40));
        var whole = Read(stream.Length, stream);
        Assert.Equal(["22:231", "20:1", "23:300", "23:0", "21:2"], whole.Seen.Select(s => s.Replace($"22:{ClientHello13().Length}", "22:231")));
        for (var piece = 1; piece <= 40; piece++) Assert.Equal(whole.Seen, Read(piece, stream).Seen);
    }

    [Fact]
    public void A_record_names_the_frames_of_its_first_and_last_byte()
    {
        var sink = new Sink();
        var assembler = new RecordAssembler(Direction.Forward, sink);
        var record = Handshake(ClientHello13());
        assembler.Push(record.AsSpan(0, 3), new FrameMark(4, default));
        assembler.Push(record.AsSpan(3, 100), new FrameMark(6, default));
        assembler.Push(record.AsSpan(103), new FrameMark(9, default));
        Assert.Equal((4, 9), sink.Frames.Single());
    }

    [Theory]
    [InlineData(16384 + 2048, false)]
    [InlineData(16384 + 2049, true)]
    public void A_record_longer_than_the_protocol_allows_is_no_record(int length, bool lost)
    {
        var assembler = new RecordAssembler(Direction.Forward, new Sink());
        assembler.Push([23, 3, 3, (byte)(length >> 8), (byte)length, 0], new FrameMark(1, default));
        Assert.Equal(lost, assembler.IsLost);
    }

    [Fact]
    public void Missing_bytes_inside_a_record_cost_that_record_only()
    {
        var sink = new Sink();
        var assembler = new RecordAssembler(Direction.Forward, sink);
        assembler.Push(Encrypted(500).AsSpan(0, 105), new FrameMark(1, default));
        assembler.Gap(new StreamGap(GapKind.NotCaptured, 300, new FrameMark(2, default)));
        assembler.Push(Join(Fill(100), Encrypted(33)), new FrameMark(3, default));
        Assert.Equal(["23:500 cut", "23:33"], sink.Seen);
        Assert.False(assembler.IsLost);
    }

    [Fact]
    public void After_missing_bytes_it_goes_on_only_where_records_certainly_begin()
    {
        var sink = new Sink();
        var assembler = new RecordAssembler(Direction.Forward, sink);
        assembler.Push(Encrypted(20), new FrameMark(1, default));
        assembler.Gap(new StreamGap(GapKind.NotCaptured, 777, new FrameMark(2, default)));
        assembler.Push(Fill(200), new FrameMark(3, default));
        Assert.True(assembler.IsLost);
        assembler.Push(Encrypted(500).AsSpan(0, 300), new FrameMark(4, default));
        Assert.True(assembler.IsLost);
        assembler.Push(Join(Encrypted(21), Encrypted(22)), new FrameMark(5, default));
        Assert.False(assembler.IsLost);
        Assert.Equal(["23:20", "23:21", "23:22"], sink.Seen);
    }

    [Fact]
    public void Bytes_nobody_wants_are_counted_and_not_kept()
    {
        var sink = new Sink { Unwanted = ContentType.ApplicationData };
        var assembler = new RecordAssembler(Direction.Forward, sink);
        foreach (var piece in Join(Encrypted(5000), Alert(1, 0)).Chunk(700)) assembler.Push(piece, new FrameMark(1, default));
        Assert.Equal(["23:5000", "21:2"], sink.Seen);
    }

    [Fact]
    public void A_hello_of_ssl_2_is_recognised_by_all_its_lengths()
    {
        var hello = Join([0x80, 46, 1, 3, 1], U16(21), U16(0), U16(16), Fill(21), Fill(16));
        var good = new Sink();
        foreach (var piece in hello.Chunk(3)) new RecordAssembler(Direction.Forward, good).Push(piece, new FrameMark(1, default));
        var assembler = new RecordAssembler(Direction.Forward, good = new Sink());
        foreach (var piece in hello.Chunk(3)) assembler.Push(piece, new FrameMark(1, default));
        Assert.Equal(["ssl2:46"], good.Seen);
        hello[6] = 22;
        var bad = new Sink();
        new RecordAssembler(Direction.Forward, bad).Push(hello, new FrameMark(1, default));
        Assert.Equal(["lost"], bad.Seen);
    }

    [Fact]
    public void Random_bytes_and_gaps_never_throw()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 2000; round++)
        {
            var assembler = new RecordAssembler(Direction.Forward, new Sink());
            for (var i = 0; i < 12; i++)
            {
                var bytes = new byte[random.Next(1, 60)];
                random.NextBytes(bytes);
                if (random.Next(2) == 0) bytes = Encrypted(random.Next(0, 40)).Concat(bytes).ToArray();
                assembler.Push(bytes, new FrameMark(i + 1, default));
                if (random.Next(3) == 0) assembler.Gap(new StreamGap(GapKind.NotCaptured, random.Next(0, 50), new FrameMark(i + 1, default)));
            }

            assembler.Finish();
        }
    }

    private static Sink Read(int piece, byte[] stream)
    {
        var sink = new Sink();
        var assembler = new RecordAssembler(Direction.Forward, sink);
        var frame = 1;
        foreach (var part in stream.Chunk(piece)) assembler.Push(part, new FrameMark(frame++, default));
        assembler.Finish();
        return sink;
    }

    private sealed class Sink : IRecordReader
    {
        public List<string> Seen { get; } = [];

        public List<(long First, long Last)> Frames { get; } = [];

        public ContentType Unwanted { get; init; }

        public bool Wants(Direction from, ContentType type, int length) => type != Unwanted;

        public void Record(Direction from, in TlsRecord record)
        {
            Seen.Add(record.IsSsl2 ? $"ssl2:{record.Length}" : $"{record.Type.Code}:{record.Length}{(record.IsCut ? " cut" : "")}");
            Frames.Add((record.First.Frame, record.Last.Frame));
        }

        public void Lost(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
        {
            if (!bytes.IsEmpty) Seen.Add("lost");
        }

        public void Resumed(Direction from, FrameMark mark)
        {
        }
    }
}
