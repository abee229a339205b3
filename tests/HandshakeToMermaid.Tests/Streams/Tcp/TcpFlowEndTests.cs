using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>When a connection is closed or given up, and what a late or repeated segment does.</summary>
public sealed class TcpFlowEndTests
{
    [Theory]
    [InlineData("C SYN", 300_000)]
    [InlineData("C SYN; S SYN-ACK; C ACK; C 'a'", 300_000)]
    [InlineData("C SYN; S SYN-ACK; C ACK; C FIN; S FIN ack=0", 60_000)]
    [InlineData("C SYN; S SYN-ACK; C ACK; C FIN; S FIN; C ACK", 200)]
    [InlineData("C SYN; S RST-ACK", 200)]
    public void A_connection_is_closed_one_tick_after_its_time(string script, int milliseconds)
    {
        var recorder = new FlowRecorder(new AnalyzerLimits { IdleSeconds = 300, LingerMilliseconds = 200 });
        var segments = TcpScript.Read(script);
        recorder.Feed(segments);
        var deadline = segments[^1].Mark.Time + Duration.FromMilliseconds(milliseconds);
        recorder.Table.Advance(deadline);
        Assert.Empty(recorder.Closed);
        recorder.Table.Advance(new Timestamp(deadline.Nanoseconds + 1));
        Assert.Single(recorder.Closed);
        Assert.Equal(deadline, recorder.Flows[0].Flow.SeenUntil);
    }

    [Fact]
    public void Before_the_last_moment_there_is_nothing_is_late()
    {
        var recorder = new FlowRecorder();
        recorder.Feed(TcpScript.Read("C SYN; S SYN-ACK; C 'a'").Select(s => s with { Mark = s.Mark with { Time = new Timestamp(long.MaxValue - 1) } }));
        recorder.Feed(Session(1, "C SYN").Select(s => s with { Mark = s.Mark with { Time = new Timestamp(long.MaxValue - 1) } }));
        recorder.Table.Advance(new Timestamp(long.MaxValue));
        Assert.Equal(2, recorder.Table.OpenFlows);
    }

    [Fact]
    public void Connections_that_are_waited_for_are_given_up_up_to_an_ordinal()
    {
        var recorder = new FlowRecorder();
        recorder.Feed(Session(1, "C SYN; S SYN-ACK; C ACK; C RST"));
        recorder.Feed(Session(2, "C SYN; S SYN-ACK; C 'a'"));
        recorder.Feed(Session(3, "C SYN"));
        recorder.Feed(Session(4, "C SYN"));
        recorder.Feed(Session(5, "C SYN; S SYN-ACK; C 'a'"));
        recorder.Table.EvictBefore(4);
        Assert.Equal([1, 2, 3], recorder.Closed);
        Assert.Equal([RecordedState.Closed, RecordedState.Evicted, RecordedState.Evicted], recorder.Flows.Take(3).Select(f => f.Flow.State));
        Assert.Equal((2L, 2), (recorder.Table.Evicted, recorder.Table.OpenFlows));
        recorder.Table.EvictBefore(5);
        Assert.Equal([1, 2, 3, 4], recorder.Closed);
    }

    [Fact]
    public void Of_those_that_linger_the_oldest_make_room_whatever_else_is_closed()
    {
        var recorder = new FlowRecorder(new AnalyzerLimits { LingeringFlows = 2 });
        const string Over = "C SYN; S RST-ACK";
        recorder.Feed(Session(1, Over));
        recorder.Feed(Session(2, Over));
        Assert.Empty(recorder.Closed);
        recorder.Feed(Session(3, "C SYN; S SYN-ACK; C 'a'; C SYN seq=70000"));
        Assert.Equal([3], recorder.Closed);
        recorder.Feed(Session(4, Over));
        Assert.Equal([3, 1], recorder.Closed);
        recorder.Feed(Session(5, Over));
        Assert.Equal([3, 1, 2], recorder.Closed);
    }

    [Fact]
    public void A_SYN_alone_is_charged_too()
    {
        var memory = new TableMemory(1000);
        var recorder = new FlowRecorder(memory: memory);
        recorder.Feed(Session(1, "C SYN"));
        Assert.InRange(memory.Used, 1, 1000);
        recorder.Feed(Session(1, "C SYN; S SYN-ACK").Skip(1));
        Assert.Equal(1, recorder.Table.OpenFlows);
        recorder.Table.Finish();
        Assert.Equal(0, memory.Used);
    }

    [Theory]
    [InlineData("C 'late' seq=3000000 len=2000000; +1s; C 'later' seq=9000000", 1)]
    [InlineData("C 'late' seq=4194307", 1)]
    [InlineData("C 'late' seq=4194308", 2)]
    [InlineData("C 'late' seq=-4194301", 1)]
    [InlineData("C 'late' seq=-4194302", 2)]
    [InlineData("S 'late' seq=4194304; S 'late' seq=100; C 'late' seq=0", 1)]
    [InlineData("S 'late' seq=4194305", 2)]
    public void Late_bytes_are_of_a_closed_connection_within_reach_of_their_direction(string late, int flows) =>
        Assert.Equal(flows, FlowRecorder.All("C SYN; S SYN-ACK; C 'abc'; S RST; +2s; " + late).Flows.Count);

    [Theory]
    [InlineData(0, 999_999, true)]
    [InlineData(0, -999_999, true)]
    [InlineData(0, 1_000_000, false)]
    [InlineData(0, -1_000_000, false)]
    [InlineData(9, 999_999_999, true)]
    [InlineData(9, -999_999_999, true)]
    [InlineData(9, 1_000_000_000, false)]
    [InlineData(9, -1_000_000_000, false)]
    public void The_same_headers_are_a_copy_within_their_time(ushort identification, long nanoseconds, bool isCopy)
    {
        var segments = TcpScript.Read($"C SYN; S SYN-ACK; C ACK; C 'abc' id={identification}");
        segments.Add(segments[3] with { Mark = new FrameMark(5, segments[3].Mark.Time + new Duration(nanoseconds)) });
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        Assert.Equal(isCopy ? 0 : 1, recorder.Flows[0].Flow.Forward.Retransmissions);
    }

    [Fact]
    public void Copies_of_frames_of_which_only_the_headers_were_captured_may_come_behind_others()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK id=1; C ACK len=100 id=2; C ACK len=100 id=3");
        var recorder = new FlowRecorder();
        recorder.Feed([.. segments, segments[3], segments[4]]);
        Assert.Equal((0, 4L), (recorder.Flows[0].Flow.Forward.Retransmissions, recorder.Flows[0].Flow.Forward.Packets));
    }

    [Theory]
    [InlineData("icmp 3.1; icmp 3.4", 2)]
    [InlineData("icmp 3.1; icmp 3.1 from 203.0.113.9", 2)]
    [InlineData("icmp 3.1; icmp 3.1", 1)]
    [InlineData("icmp 3.1; +1ms; icmp 3.1", 2)]
    public void Errors_of_which_each_is_another_are_all_noted(string errors, int noted) =>
        Assert.Equal(noted, FlowRecorder.One("C SYN; " + errors).Flow.Events.ToArray().Count(e => e.Kind == TcpEventKind.Icmp));

    [Fact]
    public void What_a_connection_is_asked_while_it_is_open_and_afterwards()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK");
        var recorder = new FlowRecorder();
        recorder.Feed([segments[1], segments[0]]);
        Assert.Equal((1L, 2L), (recorder.Flows[0].Open.Syn.Frame, recorder.Flows[0].Open.First.Frame));
        var midway = FlowRecorder.One("lost C SYN; lost S SYN-ACK; C 'x'; S ACK");
        Assert.Equal((true, false), (midway.Open.HasSpoken(Direction.Forward), midway.Open.HasSpoken(Direction.Reverse)));
    }

    private static List<ScriptedSegment> Session(int number, string script) => new TcpScript
    {
        Client = new IpEndpoint(IpAddress.FromIpv4(0x0A00_0000u), (ushort)(40_000 + number)),
    }.Write(script);
}
