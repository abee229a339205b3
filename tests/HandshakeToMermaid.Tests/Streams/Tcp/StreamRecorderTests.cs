using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>What is recorded of a connection: everything up to the cap, then what a filter chooses.</summary>
public sealed class StreamRecorderTests : ITcpFlowListener
{
    private const string Opened = "C SYN; S SYN-ACK; C ACK; ";
    private readonly CountingFilter filter = new();
    private bool hasFilter = true;
    private int asked;
    private TcpFlow flow = null!;
    private RecordedTcpFlow? closed;

    void ITcpFlowListener.Opened(TcpFlow opened) => flow = opened;

    IStreamReader? ITcpFlowListener.ReaderFor(TcpFlow of) => null;

    void ITcpFlowListener.Answered(TcpFlow of)
    {
    }

    void ITcpFlowListener.Dropped(TcpFlow of)
    {
    }

    IRecordingFilter? ITcpFlowListener.FilterFor(TcpFlow of)
    {
        asked++;
        return hasFilter ? filter : null;
    }

    void ITcpFlowListener.Closed(TcpFlow of, RecordedTcpFlow recorded) => closed = recorded;

    [Theory]
    [InlineData("C #10; S #4", 0, "[10] [4]", 0)]
    [InlineData("C #4; C #6; C #1; S #4", 1, "[4] [6] [1 omitted from 6] [4 omitted from 7]", 5)]
    [InlineData("C #25; S #3", 1, "[10] [15 omitted from 4] [3 omitted from 5]", 18)]
    [InlineData("C #4; C #3; C #3; C #2; C #2", 1, "[4] [3] [3] [4 omitted from 7]", 4)]
    public void Up_to_the_cap_exactly_everything_is_recorded_and_then_what_the_filter_chooses(string script, int questions, string expected, long filtered)
    {
        Feed(script);
        var open = Segments(flow.Record(default));
        Assert.Equal(open, Segments(flow.Record(default)));
        Assert.Equal((questions, filtered), (asked, filter.Taken));
        Assert.Equal(expected, open);
    }

    [Fact]
    public void The_end_of_what_the_filter_held_back_is_recorded_when_the_connection_is_over()
    {
        Record("C #10; C 'abcdef'");
        Assert.Equal("[10] [6 omitted from 5]", Segments(closed!));
        Assert.Equal("abcdefghijef", Encoding.Latin1.GetString(closed!.BytesOf(Direction.Forward).Span));
        Assert.Equal((6, 5), (closed.Segments[1].Absent!.Length, closed.Segments[1].Absent!.Last.Frame));
    }

    [Fact]
    public void A_filter_that_is_complete_gets_nothing_more()
    {
        filter.Complete = [Direction.Forward];
        Record("C #12; C #7; lost C #5; C #3; S #12; lost S #6; S #3");
        Assert.Equal((15L, 6L), (filter.Taken, filter.Missing));
        Assert.Equal((22L, 15L), (closed!.Forward.Delivered, closed.Reverse.Delivered));
    }

    [Fact]
    public void Without_a_filter_the_other_direction_is_recorded_up_to_the_cap_too()
    {
        hasFilter = false;
        Record("C #30; S #4; S #4; C #5; S #9");
        Assert.Equal("[10] [4] [4] [2]", Segments(closed!));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_stream_in_many_pieces_is_filtered_sooner()
    {
        Record(string.Concat(Enumerable.Repeat("C 'a'; ", 1026)), cap: 5000);
        Assert.Equal((1024 + 1, 2L), (closed!.Segments.Length, filter.Taken));
    }

    [Theory]
    [InlineData("C 'abc' len=8; C 'def'; C 'deX' seq=8", true)]
    [InlineData("C 'abc' len=8; C 'def'; C 'def' seq=8", false)]
    [InlineData("C 'abc' len=8; S 'deX'; C 'def'; C 'cXXXXXdef' seq=2", false)]
    [InlineData("C 'abc'; S 'xyz'; C 'def'; C 'bcdeX' seq=1", true)]
    [InlineData("C 'abc'; S 'xyz'; C 'def'; C 'bcdef' seq=1", false)]
    public void Bytes_are_compared_with_those_recorded_at_their_place(string script, bool isConflict)
    {
        Record(script, cap: 100);
        Assert.Equal(isConflict, closed!.Events.ToArray().Any(e => e.Kind == TcpEventKind.ConflictingOverlap));
    }

    [Fact]
    public void Bytes_carry_the_time_at_which_everything_up_to_them_was_there()
    {
        Record("C 'ghi' seq=6; C 'abc' seq=0; S 'x'; C 'def' seq=3; C 'jkl' seq=9", cap: 100);
        var first = closed!.First.Time;
        Assert.Equal([(5L, 4.0), (6, 5), (7, 6), (4, 6), (8, 7)], closed.Segments.ToArray().Select(s => (s.Mark.Frame, (double)(s.Mark.Time - first).Milliseconds)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(3)]
    public void What_was_recorded_is_read_as_it_came_until_it_is_released(long wanted)
    {
        const string Script = Opened + "C 'abc'; S 'xy' len=5; C 'def'; S 'z'; S FIN";
        var transcript = FlowRecorder.One(Script);
        var reader = new FlowTranscript(transcript.Open, wanted);
        transcript.Flow.ReadInto(reader);
        Assert.Equal(wanted == 3 ? ">abc@4 <xy@5 <CutShort(3)@5 <z@7" : transcript.Told, reader.Told);
        Assert.Equal(("abcdef", "xy"), (Encoding.Latin1.GetString(transcript.Flow.StartOf(Direction.Forward)), Encoding.Latin1.GetString(transcript.Flow.StartOf(Direction.Reverse))));
        Assert.Equal(9, transcript.Flow.HeldBytes);
        transcript.Flow.ReleaseBytes();
        Assert.Equal(0, transcript.Flow.HeldBytes);
        Assert.Throws<InvalidOperationException>(() => transcript.Flow.BytesOf(Direction.Forward));
    }

    [Fact]
    public void The_start_of_a_stream_that_was_joined_midway_is_its_first_bytes()
    {
        Feed("C 'abc'; S 'xy'; C 'de' len=4; C 'f'", opened: "lost C SYN; lost S SYN-ACK; ");
        Assert.Equal(("abcde", "xy"), (Encoding.Latin1.GetString(flow.PeekStart(Direction.Forward)), Encoding.Latin1.GetString(flow.PeekStart(Direction.Reverse))));
        Assert.True(flow.Record(default).StartOf(Direction.Forward).IsEmpty);
    }

    [Fact]
    public void A_recording_holds_so_many_pieces_and_is_charged_for_them()
    {
        var recording = StreamRecording.Rent();
        Assert.Equal((0, 0), (recording.Room, recording.LengthOf(Direction.Forward)));
        recording.Bytes(Direction.Forward, new byte[1025], default);
        Assert.Equal(2048 + 40, recording.Room);
        for (var i = 1; i < 65_536; i++) recording.Bytes(Direction.Reverse, [1], default);
        recording.Bytes(Direction.Reverse, [1], default);
        recording.Gap(Direction.Reverse, new StreamGap(GapKind.CutShort, 1, default));
        recording.Omit(Direction.Reverse, default, [1]);
        Assert.Equal((65_536, 65_535, true), (recording.Segments.Length, recording.LengthOf(Direction.Reverse), recording.IsFull));
        StreamRecording.Return(recording);
        Assert.Equal((0, 0, 0), (recording.Room, recording.LengthOf(Direction.Reverse), recording.Segments.Length));
    }

    private TcpFlowTable Feed(string script, int cap = 10, string opened = Opened)
    {
        var table = new TcpFlowTable(AnalyzerLimits.Default with { RecordedBytes = cap }, this, new OrdinalSource(), new TableMemory(long.MaxValue));
        foreach (var segment in TcpScript.Read(opened + script)) table.Add(segment.ToPacket(), "test.pcap");
        return table;
    }

    private void Record(string script, int cap = 10) => Feed(script, cap).Finish();

    private static string Segments(RecordedTcpFlow recorded) => string.Join(' ', recorded.Segments.ToArray()
        .Select(s => s.Absent is { } absent ? $"[{absent.Length} omitted from {s.Mark.Frame}]" : $"[{s.Length}]"));

    /// <summary>Counts what it gets, and writes its sum and the last two bytes at the end.</summary>
    private sealed class CountingFilter : IRecordingFilter
    {
        private readonly StreamOmission[] sums = new StreamOmission[2];
        private readonly List<byte>[] last = [[], []];

        public Direction[] Complete { get; set; } = [];

        public long Taken => sums[0].Length + sums[1].Length;

        public long Missing { get; private set; }

        public int HeldBytes => 0;

        public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark, IRecording recording)
        {
            ref var sum = ref sums[(int)from];
            sum = new StreamOmission(sum.Units + 1, sum.Length + bytes.Length, sum.First.IsSet ? sum.First : mark, mark);
            last[(int)from].AddRange(bytes);
        }

        public void Gap(Direction from, StreamGap gap, IRecording recording) => Missing += gap.Length;

        public bool IsComplete(Direction from) => Complete.Contains(from);

        public void WriteEnd(IRecording recording)
        {
            for (var from = 0; from < 2; from++)
            {
                if (sums[from].Length > 0) recording.Omit((Direction)from, in sums[from], last[from].TakeLast(2).ToArray());
            }
        }
    }
}
