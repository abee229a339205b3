using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>What was lost on the path is told from what the capture lacks.</summary>
public sealed class PathLossTests
{
    [Fact]
    public void A_hole_that_the_receiver_reports_until_it_leaves_was_lost_before_the_capture()
    {
        var told = FlowRecorder.One(Opened + "lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +5s; C FIN ack=0; S ACK");
        var loss = told.Flow.Reverse.Loss!;
        Assert.Equal((1448, 5, true), (loss.Bytes, loss.Mark.Frame, loss.HasLaterBytes));
        Assert.Empty(loss.Sendings);
        Assert.Equal([5, 6, 7], loss.Evidence);
        Assert.Equal(new StreamGap(GapKind.LostOnPath, 1448, loss.Mark), Assert.Single(told.Gaps[1]));
    }

    [Fact]
    public void A_segment_that_is_sent_again_and_again_and_never_acknowledged_was_lost_behind_the_capture()
    {
        var told = FlowRecorder.One(Opened + "S #1448; S #798; C ACK ack=0 sack=1448-2246; S seq=0 #1448; +1s; S seq=0 #1448; C FIN ack=0");
        var loss = told.Flow.Reverse.Loss!;
        Assert.Equal((1448, 7), (loss.Bytes, loss.Mark.Frame));
        Assert.Equal([5, 8, 9], loss.Sendings);
        Assert.Empty(told.Gaps[1]);
    }

    [Fact]
    public void Without_selective_acknowledgments_the_repetitions_show_it()
    {
        var told = FlowRecorder.One(Opened + "S #500; S seq=0 #500; +1s; S seq=0 #500; C FIN ack=0");
        Assert.Equal((500, false), (told.Flow.Reverse.Loss!.Bytes, told.Flow.Reverse.Loss.HasLaterBytes));
    }

    [Fact]
    public void A_senders_own_number_shows_bytes_of_which_none_arrived()
    {
        var told = FlowRecorder.One(Opened + "S ACK; lost S #2246; +8s; C FIN ack=0; S ACK");
        var loss = told.Flow.Reverse.Loss!;
        Assert.Equal((2246, 7), (loss.Bytes, loss.Mark.Frame));
        Assert.Equal(GapKind.LostOnPath, Assert.Single(told.Gaps[1]).Kind);
    }

    [Theory]
    [InlineData("lost S #1448; S #798; C ACK; C FIN", "acknowledged all the same: the capture lacks it")]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246; S seq=0 #1448; C ACK; C FIN", "it came later")]
    [InlineData("S #1448; S #798; C ACK ack=0 sack=1448-2246; lost S seq=0 #1448; C ACK; C FIN", "the repetition alone was not captured")]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246", "the capture ends: the rest may just have come")]
    [InlineData("S #500; S seq=0 #500; C ACK sack=0-500; +2s; C FIN", "a duplicate is reported (RFC 2883)")]
    [InlineData("S #500; S seq=0 #500; +1s; S seq=0 #500", "nothing shows that the client was still there")]
    [InlineData("S #500; C FIN ack=0", "sent once, and the client left meanwhile")]
    [InlineData("S ACK; +2s; C FIN; lost S #1448; C RST noack; S ACK", "late data for a closed connection")]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246; lost C 'more'; +5s; C FIN ack=0", "the capture lacks what the client sent as well")]
    public void A_hole_is_not_called_lost_where_the_receiver_may_have_had_it(string script, string why)
    {
        var told = FlowRecorder.One(Opened + script);
        Assert.True(told.Flow.Reverse.Loss is null, why);
        Assert.DoesNotContain(told.Gaps[1], g => g.Kind == GapKind.LostOnPath);
    }

    [Fact]
    public void Bytes_that_only_the_senders_number_shows_are_missing()
    {
        var told = FlowRecorder.One(Opened + "lost S #300; S ACK");
        Assert.Equal((GapKind.NotCaptured, 300), (Assert.Single(told.Gaps[1]).Kind, told.Gaps[1][0].Length));
    }

    [Fact]
    public void Dropping_frames_of_a_good_connection_never_invents_a_loss()
    {
        // Reordering, a duplicate, a slow answer and a close in the middle of it: everything arrived.
        const string Good = Opened + "S #1000; S seq=1500 #500; C ACK ack=1000 sack=1500-2000; S seq=1000 #500; C ACK; S seq=1500 #500; C ACK sack=1500-2000; C 'finished'; +1s; S #200; S seq=2000 #200; C ACK; C 'get'; +2s; S #3000; C ACK; S FIN; C ACK; C FIN; S ACK";
        var segments = TcpScript.Read(Good);
        for (var from = 0; from < segments.Count; from++)
        {
            for (var to = from; to <= segments.Count; to++)
            {
                var recorder = new FlowRecorder();
                recorder.Feed(segments.Take(from).Concat(segments.Skip(to)));
                recorder.Table.Finish();
                Assert.All(recorder.Flows, told => Assert.True(told.Flow.Forward.Loss is null && told.Flow.Reverse.Loss is null, $"without frames {from + 1} to {to}"));
            }
        }
    }

    private const string Opened = "C SYN; S SYN-ACK; C ACK; C 'hello';";
}
