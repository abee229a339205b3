using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class ClosingTests
{
    [Fact]
    public void A_reset_ends_the_connection_and_keeps_its_particulars()
    {
        var flow = FlowRecorder.One("C SYN; S SYN-ACK ttl=57; C 'hello'; S RST ttl=201 id=4711").Flow;
        Assert.Equal((TcpEnd.Rst, Direction.Reverse, 4L), (flow.End, flow.EndedBy, flow.Reverse.Rst.Frame));
        var reset = flow.Events[^1];
        Assert.Equal((TcpEventKind.Rst, (byte)201, (ushort)4711), (reset.Kind, reset.TimeToLive, reset.Identification));
        Assert.Equal(57, flow.Reverse.TimeToLive);
    }

    [Fact]
    public void A_reset_may_answer_the_SYN()
    {
        var told = FlowRecorder.One("C SYN; S RST-ACK seq=-5000001");
        Assert.Equal(">Syn <Rst", told.Events);
        Assert.Equal((TcpEnd.Rst, Direction.Reverse), (told.Flow.End, told.Flow.EndedBy));
    }

    [Fact]
    public void A_reset_with_a_number_far_off_is_not_believed()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C 'a'; S RST seq=90000000; S 'b' seq=0");
        Assert.Equal(TcpEnd.Open, told.Flow.End);
        Assert.Equal(">a@3 <b@5", told.Told);
    }

    [Fact]
    public void Who_sent_the_first_FIN_ended_it()
    {
        var flow = FlowRecorder.One("C SYN; S SYN-ACK; C ACK; S FIN; C FIN; S ACK; C RST").Flow;
        Assert.Equal((TcpEnd.Fin, Direction.Reverse), (flow.End, flow.EndedBy));
        Assert.Equal((4, 5, 7), (flow.Reverse.Fin.Frame, flow.Forward.Fin.Frame, flow.Forward.Rst.Frame));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_closed_connection_lingers(int above, bool isClosed)
    {
        var milliseconds = AnalyzerLimits.Default.LingerMilliseconds + above;
        var recorder = new FlowRecorder();
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK; C FIN; S FIN; C ACK");
        recorder.Feed(segments);
        Assert.Empty(recorder.Closed);
        recorder.Table.Advance(segments[^1].Mark.Time + Duration.FromMilliseconds(milliseconds));
        Assert.Equal(isClosed, recorder.Flows[0].IsClosed);
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void A_silent_connection_is_closed_as_still_open(int seconds, bool isClosed)
    {
        var recorder = new FlowRecorder();
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK; +250s; C 'a'");
        recorder.Feed(segments);
        recorder.Table.Advance(segments[^1].Mark.Time + Duration.FromSeconds(seconds));
        Assert.Equal(isClosed, recorder.Flows[0].IsClosed);
        Assert.Equal(TcpEnd.Open, recorder.Flows[0].Flow.End);
    }

    [Fact]
    public void Late_segments_still_count_while_it_lingers()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C 'abc'; C FIN; S FIN; C ACK; +150ms; C 'abc' seq=0; +150ms; S FIN seq=0");
        Assert.Equal((1, 1), (told.Flow.Forward.Retransmissions, told.Flow.Reverse.Retransmissions));
    }

    [Fact]
    public void A_segment_that_comes_later_than_that_opens_nothing()
    {
        var script = "C SYN; S SYN-ACK; C 'abc'; C FIN; S FIN; C ACK; +2s; S FIN seq=0; C ACK; C RST; +5s; C 'abc' seq=0; +30s; S FIN seq=0";
        Assert.Single(FlowRecorder.All(script).Flows);
    }

    [Fact]
    public void A_SYN_opens_a_connection_even_so() =>
        Assert.Equal(2, FlowRecorder.All("C SYN; S RST-ACK seq=-5000001; +2s; C SYN; S RST-ACK seq=-5000001").Flows.Count);

    [Fact]
    public void Data_that_cannot_be_late_opens_a_connection()
    {
        const string Ended = "C SYN; S SYN-ACK; C 'abc'; C FIN; S FIN; C ACK; ";
        Assert.Equal(2, FlowRecorder.All(Ended + "+2s; C 'elsewhere' seq=400000000").Flows.Count);
        Assert.Equal(2, FlowRecorder.All(Ended + "+62s; C 'abc' seq=0").Flows.Count);
    }

    [Fact]
    public void A_connection_that_was_given_up_as_silent_does_not_come_back_as_another_one()
    {
        var flows = FlowRecorder.All("C SYN; S SYN-ACK; C 'abc'; +400s; C 'def'; S 'x'; +400s; C 'ghi'").Flows;
        Assert.Equal(">abc@3", Assert.Single(flows).Told);
    }

    [Theory]
    [InlineData("C RST")]
    [InlineData("C RST-ACK")]
    [InlineData("C ACK; S ACK; C ACK")]
    public void Without_SYN_payload_or_FIN_there_is_no_connection(string script) => Assert.Empty(FlowRecorder.All(script).Flows);

    [Theory]
    [InlineData("C ACK; S ACK; C 'a'")]
    [InlineData("S FIN")]
    public void Payload_or_a_FIN_shows_a_connection(string script) => Assert.Single(FlowRecorder.All(script).Flows);

    [Fact]
    public void Both_FINs_without_the_last_ACK_close_it_after_a_minute()
    {
        var recorder = new FlowRecorder();
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK; C FIN; S FIN ack=0");
        recorder.Feed(segments);
        recorder.Table.Advance(segments[^1].Mark.Time + Duration.FromSeconds(60));
        Assert.Empty(recorder.Closed);
        recorder.Table.Advance(segments[^1].Mark.Time + Duration.FromSeconds(61));
        Assert.Single(recorder.Closed);
    }

    [Fact]
    public void An_ICMP_error_is_told_to_the_connection_it_quotes()
    {
        var told = FlowRecorder.One("C SYN; icmp 3.1 from 203.0.113.9");
        var e = told.Flow.Events[^1];
        Assert.Equal((TcpEventKind.Icmp, Direction.Forward, (byte)3, (byte)1), (e.Kind, e.From, e.Icmp.Type, e.Icmp.Code));
        Assert.Equal("203.0.113.9", e.IcmpSender.ToString());
        Assert.Equal(2, told.Flow.Last.Frame);
    }

    [Fact]
    public void An_ICMP_error_that_quotes_nothing_known_is_nothing()
    {
        var recorder = new FlowRecorder();
        recorder.Feed(TcpScript.Read("C SYN; icmp 3.1").Skip(1));
        recorder.Table.Finish();
        Assert.Empty(recorder.Flows);
    }

    [Fact]
    public void An_ICMP_error_with_a_number_far_off_is_not_believed()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C 'a'; icmp 3.1");
        segments[^1] = segments[^1] with { Sequence = segments[^1].Sequence + 500_000_000 };
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        Assert.DoesNotContain("Icmp", recorder.Flows[0].Events);
    }

    [Fact]
    public void How_long_an_answer_was_waited_for_is_known()
    {
        var recorder = new FlowRecorder();
        var segments = TcpScript.Read("C SYN");
        recorder.Feed(segments);
        recorder.Table.Advance(segments[0].Mark.Time + Duration.FromSeconds(7));
        recorder.Table.Finish();
        Assert.Equal(7000, (recorder.Flows[0].Flow.SeenUntil - segments[0].Mark.Time).Milliseconds);
    }
}
