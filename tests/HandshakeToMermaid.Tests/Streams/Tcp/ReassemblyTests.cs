using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class ReassemblyTests
{
    [Fact]
    public void A_segment_that_comes_twice_is_delivered_once()
    {
        var told = Open("C 'abc'; C 'abc' seq=0; C 'def'");
        Assert.Equal(">abc@4 >def@6", told.Told);
        Assert.Equal(1, told.Flow.Forward.Retransmissions);
        Assert.Equal(6, told.Flow.Forward.Delivered);
        Assert.Contains(">Retransmission", told.Events);
        Assert.Equal(3, told.Flow.Events[^1].Value);
    }

    [Fact]
    public void Segments_out_of_order_are_put_in_order_with_their_own_frames() =>
        Assert.Equal(">abc@6 >def@5 >ghi@4", Open("C 'ghi' seq=6; C 'def' seq=3; C 'abc' seq=0").Told);

    [Fact]
    public void Of_overlapping_segments_the_first_bytes_win()
    {
        Assert.Equal(">abcd@4 >ef@5", Open("C 'abcd'; C 'XXef' seq=2").Told);
        Assert.Equal(">ab@5 >cde@4 >gh@5", Open("C 'cde' seq=2; C 'abXXXgh' seq=0").Told);
        Assert.Equal(">ab@6 >cd@5 >ef@4", Open("C 'ef' seq=4; C 'cdXX' seq=2; C 'ab' seq=0").Told);
    }

    [Fact]
    public void A_segment_may_cover_several_that_wait() =>
        Assert.Equal(">a@6 >b@4 >c@6 >d@5 >e@6", Open("C 'b' seq=1; C 'd' seq=3; C 'abcde' seq=0").Told);

    [Theory]
    [InlineData("C 'abc'; C 'abX' seq=0")]
    [InlineData("C 'abc'; C 'Xbcd' seq=0")]
    [InlineData("C 'bcd' seq=1; C 'bcX' seq=1")]
    [InlineData("C 'bcd' seq=1; C 'de' seq=3; C 'Xfg' seq=4")]
    [InlineData("C 'bcd' seq=1; C 'aXcd' seq=0")]
    public void Other_bytes_for_the_same_numbers_are_told(string script) =>
        Assert.Contains(">ConflictingOverlap", Open(script).Events);

    [Theory]
    [InlineData("C 'abc'; C 'abc' seq=0")]
    [InlineData("C 'abc'; C 'bcd' seq=1")]
    [InlineData("C 'bcd' seq=1; C 'abcde' seq=0")]
    [InlineData("C 'bcd' seq=1; C 'cdef' seq=2; C 'abc' seq=0")]
    public void The_same_bytes_again_are_no_conflict(string script) =>
        Assert.DoesNotContain("Conflict", Open(script).Events);

    [Fact]
    public void A_conflict_is_noticed_far_back_within_the_window()
    {
        var recorded = AnalyzerLimits.Default.RecordedBytes;
        Assert.Contains("Conflict", Open($"C 'abc'; C #{2 * recorded}; C 'abX' seq=0").Events);
        Assert.DoesNotContain("Conflict", Open($"C #{recorded}; C 'abc'; C 'abX' seq={recorded}").Events);
    }

    [Fact]
    public void Numbers_may_wrap()
    {
        foreach (var initial in new[] { 0xFFFF_FFFFu, 0xFFFF_FFFEu, 0xFFFF_FFF0u, 0x7FFF_FFFFu, 0u })
        {
            var recorder = new FlowRecorder();
            recorder.Feed(new TcpScript(initial, initial).Write("C SYN; S SYN-ACK; C ACK; C 'abcdefgh'; C 'mnopqrst' seq=12; C 'ijkl' seq=8; S 'reply'; C FIN; S FIN; C ACK"));
            recorder.Table.Finish();
            Assert.Equal(">abcdefgh@4 >ijkl@6 >mnopqrst@5 <reply@7", recorder.Flows[0].Told);
            Assert.Equal(TcpEnd.Fin, recorder.Flows[0].Flow.End);
        }
    }

    [Fact]
    public void A_hole_waits_to_be_filled() =>
        Assert.Equal(">abc@4 >def@9 >ghi@5", Open("C 'abc'; C 'ghi' seq=6; S ACK ack=3; S ACK ack=3; S ACK ack=3; C 'def' seq=3").Told);

    [Fact]
    public void An_acknowledgment_captured_before_its_data_is_waited_for() =>
        Assert.Equal(">abc@4 >def@8 >ghi@6", Open("C 'abc'; S ACK ack=9; C 'ghi' seq=6; S ACK ack=9; C 'def' seq=3; S ACK ack=9").Told);

    [Fact]
    public void An_acknowledged_hole_is_given_up_after_some_segments()
    {
        var acks = string.Concat(Enumerable.Repeat("S ACK; +0ms; ", AcknowledgedHole.Segments + 2));
        var told = Open("C 'abc'; lost C 'def'; C 'ghi'; " + acks + "C 'jkl'");
        Assert.Contains(">abc@4 >NotCaptured(3)@", told.Told);
        Assert.EndsWith(">ghi@5 >jkl@40", told.Told);
        Assert.Equal(3, told.Flow.Forward.MissingBytes);
        Assert.Equal(9, told.Flow.Forward.Delivered);
        Assert.Contains(">Gap", told.Events);
    }

    [Fact]
    public void An_acknowledged_hole_is_given_up_after_some_time()
    {
        var told = Open("C 'abc'; lost C 'def'; C 'ghi'; S ACK; +100ms; S 'answer'; +1s; S 'more'");
        Assert.Equal(">abc@4 <answer@7 >NotCaptured(3)@7 >ghi@5 <more@8", told.Told);
    }

    [Fact]
    public void Bytes_that_were_acknowledged_but_never_captured_are_missing_though_nothing_follows_them()
    {
        var told = Open("C 'abc'; lost S 'a whole flight'; C ACK; +200ms; C 'def'; +10ms; C 'ghi'");
        Assert.Equal(">abc@4 >def@6 <NotCaptured(14)@6 >ghi@7", told.Told);
        Assert.Equal(14, told.Flow.Reverse.MissingBytes);
    }

    [Fact]
    public void A_hole_that_nobody_acknowledged_waits_until_the_end()
    {
        var told = Open("C 'abc'; lost C 'def'; C 'ghi'; +2s; C 'jkl'");
        Assert.Equal(">abc@4 >NotCaptured(3)@6 >ghi@5 >jkl@6", told.Told);
    }

    [Fact]
    public void Bytes_before_a_FIN_that_were_never_captured_are_missing()
    {
        var told = Open("C 'abc'; lost C 'def'; C FIN");
        Assert.Equal(">abc@4 >NotCaptured(3)@5", told.Told);
    }

    [Fact]
    public void A_FIN_that_was_not_captured_is_no_missing_byte()
    {
        var told = Open("C 'abc'; lost C FIN; S ACK; +1s; S 'x'; +1s; S 'y'");
        Assert.Equal(">abc@4 <x@6 <y@7", told.Told);
        Assert.Equal(0, told.Flow.Forward.MissingBytes);
    }

    [Fact]
    public void Bytes_cut_off_by_the_snap_length_are_told_apart_from_lost_ones()
    {
        var told = Open("C 'abc' len=10; C 'def'");
        Assert.Equal(">abc@4 >CutShort(7)@4 >def@5", told.Told);
        Assert.Equal((7, 7), (told.Flow.Forward.MissingBytes, told.Flow.Forward.CutBytes));
    }

    [Fact]
    public void A_cut_segment_that_waited_is_still_cut() =>
        Assert.Equal(">ab@5 >c@4 >CutShort(4)@4 >xyz@6", Open("C 'c' seq=2 len=5; C 'ab' seq=0; C 'xyz' seq=7").Told);

    [Fact]
    public void A_frame_of_which_only_the_headers_were_captured_is_a_gap() =>
        Assert.Equal(">CutShort(100)@4 >a@5", Open("C ACK len=100; C 'a'").Told);

    [Fact]
    public void Joining_midway_is_told_before_the_first_bytes()
    {
        var told = FlowRecorder.One("lost C SYN; lost S SYN-ACK; lost C 'hello'; C ' world'; S 'reply'; C 'more'");
        Assert.Equal(">JoinedMidway(0)@1 > world@1 <JoinedMidway(0)@2 <reply@2 >more@3", told.Told);
        Assert.True(told.Flow.Forward.JoinedMidway);
        Assert.Equal(50_000, told.Flow.Initiator.Port);
    }

    [Fact]
    public void Whoever_is_seen_first_midway_is_called_the_initiator() =>
        Assert.Equal(443, FlowRecorder.One("lost C SYN; lost S SYN-ACK; S 'reply'; C 'more'").Flow.Initiator.Port);

    [Theory]
    [InlineData("C '.' seq=2")]
    [InlineData("C ACK seq=2")]
    public void A_keep_alive_is_no_retransmission_and_brings_no_bytes(string probe)
    {
        var told = Open($"C 'abc'; S ACK; +60s; {probe}; S ACK; C 'def'");
        Assert.Equal(">abc@4 >def@8", told.Told);
        Assert.Contains(">KeepAlive", told.Events);
        Assert.Equal(0, told.Flow.Forward.Retransmissions);
    }

    [Fact]
    public void A_closed_window_is_told_once_until_it_opens()
    {
        var told = Open("C 'abc'; S ACK win=0; S ACK win=0; S ACK; S ACK win=0");
        Assert.Equal(2, told.Flow.Events.ToArray().Count(e => e.Kind == TcpEventKind.ZeroWindow));
    }

    [Fact]
    public void Segments_far_outside_the_stream_are_not_followed()
    {
        var told = Open("C 'abc'; C 'garbage' seq=50000000; C 'garbage' seq=-50000000; C 'def' seq=3; C FIN seq=80000000; C 'ghi' seq=6");
        Assert.Equal(">abc@4 >def@7 >ghi@9", told.Told);
        Assert.Equal(TcpEnd.Open, told.Flow.End);
    }

    [Fact]
    public void A_stream_that_goes_on_far_ahead_is_believed_at_the_third_segment()
    {
        var told = Open("C 'abc'; C 'd' seq=5000000; C 'e' seq=5000001; C 'f' seq=5000002; C 'g' seq=5000003");
        Assert.Equal(">abc@4 >NotCaptured(4999999)@7 >f@7 >g@8", told.Told);
    }

    [Fact]
    public void A_FIN_counts_its_data_and_itself()
    {
        var told = Open("C 'abc' FIN; S ACK; S 'bye' FIN; C ACK");
        Assert.Equal(">abc@4 <bye@6", told.Told);
        Assert.Equal((4, 6), (told.Flow.Forward.Fin.Frame, told.Flow.Reverse.Fin.Frame));
        Assert.Equal((0L, 0L), (told.Flow.Forward.MissingBytes, told.Flow.Reverse.MissingBytes));
    }

    [Fact]
    public void A_FIN_captured_before_the_last_bytes_does_not_cut_them_off() =>
        Assert.Equal(">abc@4 >def@6", Open("C 'abc'; C FIN seq=6; C 'def' seq=3").Told);

    [Fact]
    public void Bytes_after_a_FIN_are_not_followed() =>
        Assert.Equal(">abc@4", Open("C 'abc' FIN; C 'def' seq=4").Told);

    [Fact]
    public void The_words_of_a_reset_are_no_bytes_of_the_stream() =>
        Assert.Equal(">abc@4", Open("C 'abc'; C RST 'go away'").Told);

    [Theory]
    [InlineData(9, 10, ">NotCaptured(5)@6")]
    [InlineData(10, 10, ">NotCaptured(5)@6")]
    [InlineData(11, 10, ">CapReached(5)@6")]
    public void Waiting_bytes_are_capped(int bytes, int cap, string gap)
    {
        var told = Open($"C 'abc'; C #{bytes - 1} seq=8; C 'z' seq={8 + bytes - 1}", new AnalyzerLimits { OutOfOrderBytes = cap });
        Assert.Contains(gap, told.Told);
        Assert.EndsWith(">z@6", told.Told);
    }

    [Theory]
    [InlineData(4, 5, false)]
    [InlineData(5, 5, false)]
    [InlineData(6, 5, true)]
    public void Waiting_segments_are_capped(int segments, int cap, bool isReached)
    {
        var script = "C 'abc'; " + string.Concat(Enumerable.Range(1, segments).Select(i => $"C 'z' seq={(i * 10) + 3}; "));
        var recorder = new FlowRecorder(new AnalyzerLimits { OutOfOrderSegments = cap });
        recorder.Feed(TcpScript.Read("C SYN; S SYN-ACK; C ACK; " + script));
        Assert.Equal(isReached, recorder.Flows[0].Told.Contains("CapReached(10)"));
    }

    [Fact]
    public void A_segment_larger_than_the_cap_is_delivered_after_the_gap() =>
        Assert.Equal(">a@4 >CapReached(5)@5 >[30]@5", Open("C 'a'; C #30 seq=6", new AnalyzerLimits { OutOfOrderBytes = 10 }).Told);

    [Fact]
    public void An_acknowledged_hole_is_not_blamed_on_the_cap() =>
        Assert.Equal(">a@4 >NotCaptured(5)@6 >[30]@6", Open("C 'a'; S ACK ack=6; C #30 seq=6", new AnalyzerLimits { OutOfOrderBytes = 10 }).Told);

    [Fact]
    public void A_satisfied_reader_gets_nothing_more_and_the_counts_go_on()
    {
        var told = Open("C 'abc'; C 'def'; C 'def' seq=3; C 'ghi' seq=9; C 'xyz' seq=6; C 'abc' seq=0; C 'jkl' FIN", wanted: 3);
        Assert.Equal(">abc@4", told.Told);
        var half = told.Flow.Forward;
        Assert.Equal((9L, 15L, 2), (half.Packets, half.Delivered, half.Retransmissions));
        Assert.Equal((0L, 10L), (half.MissingBytes, half.Fin.Frame));
    }

    [Fact]
    public void What_waits_when_the_reader_is_satisfied_is_counted()
    {
        var recorder = new FlowRecorder(wanted: 3);
        recorder.Feed(TcpScript.Read("C SYN; S SYN-ACK; C ACK; C 'ghi' seq=6; C 'abc' seq=0; C 'jkl' seq=9; C 'ghi' seq=6"));
        recorder.Table.Finish();
        var half = recorder.Flows[0].Flow.Forward;
        Assert.Equal((9L, 3L, 1), (half.Delivered, half.MissingBytes, half.Retransmissions));
    }

    [Fact]
    public void Events_are_capped_and_leave_room_for_the_end()
    {
        var again = string.Concat(Enumerable.Repeat("C 'abc' seq=0; ", 50));
        var flow = Open("C 'abc'; " + again + "C RST", new AnalyzerLimits { EventsPerFlow = 20 }).Flow;
        Assert.Equal(TcpEventKind.Rst, flow.Events[^1].Kind);
        Assert.Equal(13, flow.Events.Length);
        Assert.Equal(50, flow.Forward.Retransmissions);
        Assert.Equal(41, flow.EventsDropped);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    [InlineData(7, 0)]
    public void Every_event_counts_against_the_cap(int cap, long dropped)
    {
        var flow = Open("C FIN; S FIN; C ACK; S RST", new AnalyzerLimits { EventsPerFlow = cap }).Flow;
        Assert.Equal(dropped, flow.EventsDropped);
        Assert.Equal(6 - dropped, flow.Events.Length);
    }

    private static FlowTranscript Open(string script, AnalyzerLimits? limits = null, long wanted = long.MaxValue) =>
        FlowRecorder.One("C SYN; S SYN-ACK; C ACK; " + script, limits, wanted);
}
