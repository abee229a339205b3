using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>Numbers and times at the bounds of what is believed (RFC 9293 section 3.4), and one further.</summary>
public sealed class TcpBoundaryTests
{
    [Fact]
    public void The_initial_numbers_change_nothing()
    {
        foreach (var script in Scripts)
        {
            var expected = Story(script, 1000, 5_000_000);
            foreach (var initial in new[] { 0xFFFF_FFFFu, 0xFFFF_FFFEu, 0xFFFF_FFF0u, 0x8000_0000u, 0x7FFF_FFFFu, 0u, 5u, 70_000u })
            {
                Assert.Equal(expected, Story(script, initial, 5_000_000));
                Assert.Equal(expected, Story(script, 1000, initial));
                Assert.Equal(expected, Story(script, initial, initial));
            }
        }
    }

    [Theory]
    [InlineData("C 'old' seq=-5", 1)]
    [InlineData("C 'x' seq=-3", 1)]
    [InlineData("C 'x' seq=-2", 0)]
    [InlineData("C 'x' seq=1048577", 0)]
    [InlineData("C 'x' seq=1048578", 1)]
    [InlineData("C ACK seq=1048578", 0)]
    public void A_segment_is_left_out_where_its_numbers_are_out_of_reach(string segment, long rejected) =>
        Assert.Equal(rejected, FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'a'; " + segment).Flow.RejectedSegments);

    [Theory]
    [InlineData("C 'd' seq=5000000; C 'e' seq=5000001; C 'abc' seq=0; C 'f' seq=5000002")]
    [InlineData("C 'd' seq=5000000; C 'e' seq=6000000; C 'f' seq=7000000; C 'abc' seq=0")]
    [InlineData("C 'd' seq=5000000; C 'e' seq=5000001; C ACK seq=0; C 'f' seq=5000002; C 'abc' seq=0")]
    public void Far_ahead_only_three_in_a_row_are_believed(string script)
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C ACK; " + script);
        Assert.Equal(("abc", 3), (told.Text(Direction.Forward), told.Flow.RejectedSegments));
    }

    [Theory]
    [InlineData(1_048_576, 1_048_576)]
    [InlineData(1_048_577, 0)]
    public void An_acknowledgment_is_believed_within_reach(int acknowledged, long missing) =>
        Assert.Equal(missing, FlowRecorder.One($"C SYN; S SYN-ACK; C ACK; S ACK ack={acknowledged}").Flow.Forward.MissingBytes);

    [Theory]
    [InlineData("C 'abc' noack")]
    [InlineData("C RST noack")]
    public void Without_its_bit_an_acknowledgment_is_not_read(string script)
    {
        var recorder = new FlowRecorder();
        recorder.Feed(new TcpScript(1000, unchecked((uint)-100)).Write("C SYN; S SYN-ACK; C ACK; " + script));
        Assert.False(recorder.Flows[0].Flow.Reverse.IsAcknowledgedBeyondCapture);
    }

    [Theory]
    [InlineData("C ACK ack=-5; C ACK")]
    [InlineData("C ACK ack=5000000; C ACK")]
    [InlineData("S ACK; C ACK")]
    public void Only_the_clients_acknowledgment_of_what_was_sent_completes_the_handshake(string script) =>
        Assert.Equal(4, FlowRecorder.One("C SYN; S SYN-ACK; " + script).Flow.Ack.Frame);

    [Theory]
    [InlineData("S 'stale' seq=9000000 ack=7000000", "")]
    [InlineData("S 'x' seq=0 ack=1048576", "<JoinedMidway(0)@2 <x@2 >NotCaptured(1048576)@2")]
    [InlineData("S 'x' seq=0 ack=1048577", "")]
    [InlineData("S 'x' seq=0 ack=-1", "")]
    [InlineData("S 'x' seq=0 noack", "<JoinedMidway(0)@2 <x@2")]
    public void What_answers_something_else_than_the_SYN_is_no_beginning(string answer, string expected) =>
        Assert.Equal(expected, FlowRecorder.One("C SYN; " + answer).Told);

    [Theory]
    [InlineData("C SYN; S RST noack", true)]
    [InlineData("C SYN; S RST-ACK ack=-1", true)]
    [InlineData("C SYN; S RST-ACK ack=-2", false)]
    [InlineData("C SYN; S RST-ACK ack=1048576", true)]
    [InlineData("C SYN; S RST-ACK ack=1048577", false)]
    [InlineData("C SYN; S SYN-ACK; S RST seq=-1", true)]
    [InlineData("C SYN; S SYN-ACK; S RST seq=-2", false)]
    [InlineData("C SYN; S SYN-ACK; S RST seq=1048576", true)]
    [InlineData("C SYN; S SYN-ACK; S RST seq=1048577", false)]
    public void A_reset_is_believed_within_reach(string script, bool isBelieved) =>
        Assert.Equal(isBelieved ? TcpEnd.Rst : TcpEnd.Open, FlowRecorder.One(script).Flow.End);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)] // one number before a reset may be that of a FIN
    [InlineData(65_536, 65_536, 65_536)]
    [InlineData(65_537, 0, 0)]
    public void What_the_other_side_acknowledged_first_is_the_beginning_of_what_was_missed(int sent, int beforeReset, int beforeBytes)
    {
        Assert.Equal(beforeReset, FlowRecorder.One($"C SYN; lost S SYN-ACK; C ACK ack=0; S RST seq={sent}").Flow.Reverse.MissingBytes);
        Assert.Equal(beforeBytes, FlowRecorder.One($"C SYN; lost S SYN-ACK; C ACK ack=0; S 'x' seq={sent}").Flow.Reverse.MissingBytes);
    }

    [Theory]
    [InlineData("C FIN; S ACK; +51ms; C RST noack", false)]
    [InlineData("C FIN; S ACK; +52ms; C RST noack", true)]
    [InlineData("C FIN; S ACK; +52ms; C RST-ACK", false)]
    [InlineData("C 'a'; S ACK; +52ms; C RST noack", false)]
    [InlineData("C 'a' FIN; C RST noack seq=2", true)]
    [InlineData("C 'a' FIN; S ACK; C RST noack seq=2", false)]
    [InlineData("C 'a' FIN; S ACK; C RST noack seq=1", false)]
    public void A_reset_of_who_had_closed_answers_a_segment_that_may_not_have_been_captured(string script, bool hasMissed) =>
        Assert.Equal(hasMissed, FlowRecorder.One("C SYN; S SYN-ACK; C ACK; " + script).Flow.Reverse.IsAcknowledgedBeyondCapture);

    [Theory]
    [InlineData("C 'abc'; C RST seq=10", 7)]
    [InlineData("C 'abc'; C RST seq=10; C RST seq=3", 7)]
    [InlineData("C 'abc'; C RST seq=3", 0)]
    [InlineData("C 'abc'; C RST seq=10 ttl=9", 0)]
    public void A_reset_stands_behind_what_its_sender_had_sent(string script, long missing) =>
        Assert.Equal(missing, FlowRecorder.One("C SYN ttl=64; S SYN-ACK; C ACK; " + script).Flow.Forward.MissingBytes);

    [Fact]
    public void A_bogus_acknowledgment_beyond_the_FIN_is_no_gap()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'abc' FIN; S ACK ack=10; +200ms; S ACK ack=10; +200ms; S 'x' ack=10");
        Assert.Equal(">abc@4 <x@7", told.Told);
        Assert.DoesNotContain("Gap", told.Events);
    }

    [Theory]
    [InlineData(99, 7)]
    [InlineData(98, 8)]
    public void An_acknowledged_hole_is_given_up_at_its_time(int milliseconds, int frame) =>
        Assert.Equal($">abc@4 >NotCaptured(3)@{frame} >ghi@5", FlowRecorder.One($"C SYN; S SYN-ACK; C ACK; C 'abc'; lost C 'def'; C 'ghi'; S ACK; +{milliseconds}ms; S ACK; +1s; S ACK").Told);

    [Fact]
    public void An_acknowledged_hole_is_given_up_at_its_last_segment()
    {
        var acks = string.Concat(Enumerable.Repeat("S ACK; ", AcknowledgedHole.Segments + 1));
        Assert.Equal($">abc@4 >NotCaptured(3)@{6 + AcknowledgedHole.Segments} >ghi@5", FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'abc'; lost C 'def'; C 'ghi'; " + acks).Told);
    }

    [Fact]
    public void Room_for_waiting_bytes_is_free_again_once_they_are_delivered()
    {
        var rounds = string.Concat(Enumerable.Range(0, 5).Select(i => $"C 'efghij' seq={(10 * i) + 4}; C 'abcd' seq={10 * i}; "));
        Assert.DoesNotContain("CapReached", FlowRecorder.One("C SYN; S SYN-ACK; C ACK; " + rounds, new AnalyzerLimits { OutOfOrderBytes = 10 }).Told);
    }

    [Fact]
    public void A_conflict_is_noted_once() =>
        Assert.Equal(">Syn <SynAck >Ack >ConflictingOverlap", FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'bcd' seq=1; C 'bcX' seq=1; C 'a' seq=0").Events);

    [Fact]
    public void What_was_cut_off_is_counted_after_the_reader_is_satisfied()
    {
        var half = FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'abc'; C 'def'; C 'x' len=10; C ACK len=5", wanted: 3).Flow.Forward;
        Assert.Equal((7L, 14L, 14L), (half.Delivered, half.CutBytes, half.MissingBytes));
    }

    [Theory]
    [InlineData("C SYN; C RST; S SYN-ACK", 1)]
    [InlineData("C SYN; C RST; S SYN-ACK ack=90000000", 2)]
    [InlineData("C SYN; S SYN-ACK; C RST; S SYN-ACK seq=70000", 2)]
    [InlineData("C SYN; S SYN-ACK; C ACK; S SYN-ACK seq=70000", 1)]
    public void A_SYN_ACK_after_the_end_is_of_the_connection_that_it_answers(string script, int flows) => Assert.Equal(flows, FlowRecorder.All(script).Flows.Count);

    [Fact]
    public void An_acknowledged_SYN_ACK_that_was_not_captured_is_lacking()
    {
        Assert.True(FlowRecorder.One("C SYN; lost S SYN-ACK; C ACK; C 'x'").Flow.LacksSynAck);
        Assert.False(FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'x'").Flow.LacksSynAck);
        Assert.False(FlowRecorder.One("C SYN; C SYN").Flow.LacksSynAck);
    }

    private static readonly string[] Scripts =
    [
        "C SYN; S SYN-ACK; C ACK; lost C 'abc'; C 'def'; S ACK; S ACK; C 'abc' seq=0; lost S 'xyz'; S 'uvw'; C ACK; C ACK; S 'xyz' seq=0; C ACK",
        "C SYN; lost S SYN-ACK; S 'x'; C 'abc'; S FIN; C FIN; S ACK",
        "C SYN; lost S SYN-ACK; C ACK; lost S 'hello'; S ACK; C 'y'",
        "lost C SYN; lost S SYN-ACK; C 'ab'; lost S 'hello'; S ACK; S 'x'; C ACK",
        "C SYN; S SYN-ACK; C ACK; C '.' seq=-1; S #1448; lost S #500; S #798; C ACK ack=1448 sack=1948-2746; +5s; C FIN ack=1448; S RST",
        "C SYN; S SYN-ACK; S SYN-ACK seq=70000; C ACK ack=70000; S 'a' seq=70000; C RST",
    ];

    private static string Story(string script, uint client, uint server)
    {
        var recorder = new FlowRecorder();
        recorder.Feed(new TcpScript(client, server).Write(script));
        recorder.Table.Finish();
        return string.Join('\n', recorder.Flows.Select(f => $"{f.Told} {f.Events} {Missing(f.Flow.Forward)} {Missing(f.Flow.Reverse)} {f.Flow.Reverse.Loss?.Bytes}"));
    }

    private static (long Bytes, bool IsBeyond) Missing(RecordedTcpHalf half) => (half.MissingBytes, half.IsAcknowledgedBeyondCapture);
}
