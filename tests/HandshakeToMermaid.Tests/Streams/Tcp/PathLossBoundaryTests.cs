using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>What is just enough to call bytes lost on the path, and what is not.</summary>
public sealed class PathLossBoundaryTests
{
    private const string Opened = "C SYN; S SYN-ACK; C ACK; C 'hello';";

    [Theory]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +999ms; C ACK ack=0 sack=1448-2246", 1448)]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +998ms; C ACK ack=0 sack=1448-2246", 0)]
    [InlineData("lost S #1448; S #798; C FIN ack=0 sack=1448-2246", 1448)]
    [InlineData("S seq=500 #500; S seq=0 #500; C ACK; lost S #1448; lost S #798; C ACK ack=1000 sack=2448-3246; +5s; C FIN ack=1000", 1448)]
    [InlineData("S #100; C ACK ack=0 sack=1448-1448; +5s; C FIN ack=0", 0)]
    [InlineData("S #100; C ACK ack=0 sack=1448-1400; +5s; C FIN ack=0", 0)]
    [InlineData("S #100; C ACK ack=0 sack=3000000-3000100; +5s; C FIN ack=0", 0)]
    [InlineData("C 'x' len=10; lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +5s; C FIN ack=0", 0)]
    [InlineData("S #500; S seq=0 #500; +2s; C FIN ack=0", 0)]
    public void A_hole_is_called_lost_from_here_on(string script, long bytes) => Assert.Equal(bytes, FlowRecorder.One(Opened + script).Flow.Reverse.Loss?.Bytes ?? 0);

    [Fact]
    public void A_stream_that_was_joined_midway_shows_a_loss_once_it_was_acknowledged() =>
        Assert.Equal(500, FlowRecorder.One("lost C SYN; lost S SYN-ACK; C 'hello'; S #500; C ACK; S #500; S seq=500 #500; +1s; S seq=500 #500; C FIN ack=500").Flow.Reverse.Loss?.Bytes);

    [Fact]
    public void Timestamps_before_a_selective_acknowledgment_do_not_hide_it()
    {
        var segments = TcpScript.Read(Opened + "lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +5s; C FIN ack=0");
        segments[5] = segments[5] with { Options = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, .. segments[5].Options] };
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        recorder.Table.Finish();
        Assert.Equal(1448, recorder.Flows[0].Flow.Reverse.Loss?.Bytes);
    }

    [Fact]
    public void The_frame_that_first_showed_what_was_sent_is_named() =>
        Assert.Equal(7, FlowRecorder.One(Opened + "S ACK; lost S #2246; +8s; C FIN ack=0; S ACK; +10ms; S ACK").Flow.Reverse.Loss!.Mark.Frame);

    [Fact]
    public void Only_frames_that_carried_the_lost_bytes_are_named() =>
        Assert.Equal([5, 6, 8], FlowRecorder.One(Opened + "S #500; S seq=0 #500; C 'hello' seq=0 ack=0; +1s; S seq=0 #500; S FIN win=0; C FIN ack=0").Flow.Reverse.Loss!.Sendings);

    [Fact]
    public void What_was_acknowledged_makes_room_for_what_is_sent_later()
    {
        var rounds = string.Concat(Enumerable.Repeat("S #100; S #100; S #100; S #100; C ACK; ", 4));
        var told = FlowRecorder.One(Opened + rounds + "S #100; S #100; S seq=1600 #100; +1s; S seq=1600 #100; C FIN ack=1600");
        Assert.Equal([25, 26, 27, 28], told.Flow.Reverse.Loss!.Sendings);
    }

    [Theory]
    [InlineData("C 'abc'; C 'abc' seq=0; +999ms; C 'abc' seq=0", new long[] { 3, 4, 5 })]
    [InlineData("C 'abc'; C 'abc' seq=0; +998ms; C 'abc' seq=0", new long[0])]
    [InlineData("C 'abc'; C 'abc' seq=0; +9s; C 'def'", new long[0])]
    [InlineData("C 'abc'; C 'abc' seq=0; C 'abc' seq=0; +2s; S ACK", new long[0])]
    public void Bytes_that_were_sent_three_times_over_a_second_or_more_are_not_acknowledged(string script, long[] frames) =>
        Assert.Equal(frames, FlowRecorder.One("C SYN; S SYN-ACK; " + script).Flow.Forward.UnacknowledgedFrames);
}
