using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class TcpHandshakeTests
{
    [Fact]
    public void Three_frames_open_a_connection()
    {
        var flow = FlowRecorder.One("C SYN mss=1460; S SYN-ACK mss=1400; C ACK").Flow;
        Assert.Equal((1, 2, 3), (flow.Syn.Frame, flow.SynAck.Frame, flow.Ack.Frame));
        Assert.Equal("192.0.2.1:50000", flow.Initiator.ToString());
        Assert.Equal((1460, 1400), (flow.Forward.MaximumSegmentSize, flow.Reverse.MaximumSegmentSize));
        Assert.Equal(TcpEnd.Open, flow.End);
    }

    [Fact]
    public void The_acknowledgment_may_carry_data()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C 'hello'");
        Assert.Equal(3, told.Flow.Ack.Frame);
        Assert.Equal(">hello@3", told.Told);
        Assert.Equal(">Syn <SynAck >Ack", told.Events);
    }

    [Fact]
    public void A_repeated_SYN_is_the_same_connection()
    {
        var told = FlowRecorder.One("C SYN; +1s; C SYN; +2s; C SYN; S SYN-ACK; S SYN-ACK; C ACK");
        Assert.Equal(">Syn >SynRetransmission >SynRetransmission <SynAck <SynAckRetransmission >Ack", told.Events);
        Assert.Equal((2, 1), (told.Flow.Forward.Retransmissions, told.Flow.Reverse.Retransmissions));
        Assert.Equal(1, told.Flow.Syn.Frame);
    }

    [Fact]
    public void A_SYN_with_another_number_is_another_connection()
    {
        var flows = FlowRecorder.All("C SYN; S SYN-ACK; C 'one'; C SYN seq=70000; C SYN seq=70000").Flows;
        Assert.Equal(2, flows.Count);
        Assert.Equal(">one@3", flows[0].Told);
        Assert.Equal(">Syn >SynRetransmission", flows[1].Events);
    }

    [Fact]
    public void Endpoints_used_again_after_FIN_are_another_connection()
    {
        var script = "C SYN; S SYN-ACK; C ACK; C FIN; S FIN; C ACK; C SYN seq=900000; S SYN-ACK seq=900000; C 'two'";
        var flows = FlowRecorder.All(script).Flows;
        Assert.Equal(2, flows.Count);
        Assert.Equal(TcpEnd.Fin, flows[0].Flow.End);
        Assert.Equal(">two@9", flows[1].Told);
        Assert.Equal(8, flows[1].Flow.SynAck.Frame);
    }

    [Fact]
    public void A_SYN_ACK_captured_before_its_SYN_does_not_turn_the_connection_round()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK; C 'hello'");
        (segments[0], segments[1]) = (segments[1], segments[0]);
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        recorder.Table.Finish();
        var told = Assert.Single(recorder.Flows);
        Assert.Equal(50_000, told.Flow.Initiator.Port);
        Assert.Equal("<SynAck >Syn >Ack", told.Events);
        Assert.Equal(">hello@4", told.Told);
    }

    [Fact]
    public void An_ACK_captured_before_the_SYN_ACK_completes_the_handshake()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK; C 'hello'");
        (segments[1], segments[2]) = (segments[2], segments[1]);
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        Assert.Equal(3, recorder.Flows[0].Flow.Ack.Frame);
        Assert.Equal(2, recorder.Flows[0].Flow.SynAck.Frame);
    }

    [Fact]
    public void A_missed_SYN_is_made_up_for_by_its_answer()
    {
        var told = FlowRecorder.One("lost C SYN; S SYN-ACK; C ACK; C 'hello'");
        Assert.Equal(50_000, told.Flow.Initiator.Port);
        Assert.False(told.Flow.Syn.IsSet);
        Assert.False(told.Flow.Forward.JoinedMidway);
        Assert.Equal(">hello@3", told.Told);
    }

    [Fact]
    public void A_missed_SYN_ACK_is_said_to_be_joining_midway()
    {
        var told = FlowRecorder.One("C SYN; lost S SYN-ACK; C ACK; C 'hello'; S 'world'");
        Assert.True(told.Flow.Reverse.JoinedMidway);
        Assert.False(told.Flow.Forward.JoinedMidway);
        Assert.Equal(">hello@3 <JoinedMidway(0)@4 <world@4", told.Told);
    }

    [Fact]
    public void Bytes_missed_together_with_the_SYN_ACK_are_missing()
    {
        var told = FlowRecorder.One("C SYN; lost S SYN-ACK; C ACK; lost S 'hello'; S 'world'");
        Assert.Contains("<NotCaptured(5)", told.Told);
        Assert.EndsWith("<world@3", told.Told);
    }

    [Fact]
    public void Data_in_the_SYN_is_delivered_once()
    {
        var told = FlowRecorder.One("C SYN 'early'; S SYN-ACK; C 'later'; S 'ok'");
        Assert.Equal(">early@1 >later@3 <ok@4", told.Told);

        var again = FlowRecorder.One("C SYN 'early'; S SYN-ACK ack=0; C 'early' seq=0; C 'later'");
        Assert.Equal(">early@1 >later@4", again.Told);
        Assert.Equal(3, again.Flow.Ack.Frame);
    }

    [Fact]
    public void Both_ends_may_open_at_the_same_time()
    {
        var told = FlowRecorder.One("C SYN; S SYN; C SYN-ACK; S SYN-ACK; C 'a'; S 'b'");
        Assert.Equal(">a@5 <b@6", told.Told);
        Assert.Equal(1, told.Flow.Syn.Frame);
        Assert.Equal(3, told.Flow.SynAck.Frame);
    }

    [Fact]
    public void A_stray_SYN_ACK_changes_nothing()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C 'a'; S SYN-ACK seq=77777; S 'b' seq=0");
        Assert.Equal(">a@3 <b@5", told.Told);
        Assert.Equal(2, told.Flow.SynAck.Frame);
    }

    [Fact]
    public void A_SYN_ACK_with_another_number_replaces_one_that_nobody_answered()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; +1s; S SYN-ACK seq=70000; C ACK ack=70000; C 'hello' ack=70000; S 'world' seq=70000; C ACK");
        Assert.Equal(2, told.Flow.Syn.Frame + 1);
        Assert.Equal((3, 4), (told.Flow.SynAck.Frame, told.Flow.Ack.Frame));
        Assert.Equal(">hello@5 <world@6", told.Told);
        Assert.Equal((0, 0), (told.Flow.Reverse.MissingBytes, told.Flow.RejectedSegments));
    }

    [Fact]
    public void A_SYN_ACK_that_the_client_answers_is_not_replaced_by_a_later_one()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; S SYN-ACK seq=70000; C ACK ack=0; C 'hello' ack=0; S 'world' seq=0; C ACK ack=5");
        Assert.Equal((2, 4), (told.Flow.SynAck.Frame, told.Flow.Ack.Frame));
        Assert.Equal(">hello@5 <world@6", told.Told);
    }

    [Fact]
    public void A_SYN_ACK_with_another_number_is_left_out_and_counted_once_bytes_were_taken()
    {
        var told = FlowRecorder.One("C SYN; S SYN-ACK; C ACK; C 'hello'; S 'world'; S SYN-ACK seq=70000; S '!' seq=5");
        Assert.Equal((1, 6), (told.Flow.RejectedSegments, told.Flow.FirstRejected.Frame));
        Assert.Equal(">hello@4 <world@5 <!@7", told.Told);
    }

    [Fact]
    public void A_SYN_with_a_reset_bit_opens_nothing() => Assert.Empty(FlowRecorder.All("C SYN-RST").Flows);

    [Fact]
    public void One_direction_alone_is_followed()
    {
        var told = FlowRecorder.One("C SYN; lost S SYN-ACK; C ACK; C 'hello'; lost S 'x'; C 'again'; C FIN");
        Assert.Equal(">hello@3 >again@4", told.Told);
        Assert.Equal(0, told.Flow.Reverse.Packets);
        Assert.Equal((TcpEnd.Fin, Direction.Forward), (told.Flow.End, told.Flow.EndedBy));
    }

    [Fact]
    public void A_challenge_ACK_of_an_older_connection_is_not_this_one()
    {
        var told = FlowRecorder.One("C SYN; S ACK seq=9000000 ack=7000000; C SYN; S SYN-ACK seq=0 ack=0; C 'a'; S 'b' seq=0");
        Assert.Equal(">a@5 <b@6", told.Told);
        Assert.False(told.Flow.Reverse.JoinedMidway);
    }
}
