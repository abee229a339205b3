using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

/// <summary>Connections whose packets come by several tunnels or VLANs, and connections with equal endpoints in different ones.</summary>
public sealed class TcpWaysTests
{
    private static readonly EncapsulationPath?[] Ways = [null, .. Enumerable.Range(1, 3).Select(i => new EncapsulationPath(null, new EncapsulationLayer("vlan", (uint)i, default, default), i))];

    [Theory]
    [InlineData("C SYN; S SYN-ACK; C ACK; C 'hello'; S 'world'; C FIN; S FIN; C ACK")]
    [InlineData("C SYN; lost S SYN-ACK; C ACK; C 'hello'; S 'world'; S RST")]
    [InlineData("lost C SYN; S SYN-ACK; C ACK; C 'hello'; S 'world'; C '.' seq=4; S ACK")]
    [InlineData("C SYN; S 'data' ack=0; C 'x'")]
    public void Each_way_may_be_another_tunnel(string script)
    {
        var segments = TcpScript.Read(script);
        var expected = Story(segments);
        Assert.Equal(expected, Story(segments.Select(s => s with { Encapsulation = Ways[s.Source.Port == 443 ? 1 : 2] })));
        Assert.Equal(expected, Story(segments.Select(s => s with { Encapsulation = Ways[s.Source.Port == 443 ? 1 : 0] })));
        Assert.Equal(expected, Story(segments.Select((s, i) => s with { Encapsulation = Ways[i % 4] })));
    }

    [Fact]
    public void A_packet_that_is_seen_in_two_VLANs_counts_once()
    {
        var segments = TcpScript.Read("C SYN id=1; S SYN-ACK id=2; C ACK id=3; C 'hello' id=4; S 'world' id=5; C FIN id=6; S FIN id=7; C ACK id=8");
        Assert.Equal(Story(segments), Story(segments.SelectMany(s => new[] { s with { Encapsulation = Ways[1] }, s with { Encapsulation = Ways[2] } })));
    }

    [Fact]
    public void Equal_endpoints_in_two_networks_are_two_connections()
    {
        var one = TcpScript.Read("C SYN; S SYN-ACK; C ACK; C 'one'; S 'uno'").Select(s => s with { Encapsulation = Ways[1] });
        var two = new TcpScript(900_000_000, 2_000_000_000).Write("C SYN; S SYN-ACK; C ACK; C 'two'; S 'dos'").Select(s => s with { Encapsulation = Ways[2] });
        Assert.Equal([">one@4 <uno@5", ">two@4 <dos@5"], Record(one.Zip(two).SelectMany(pair => new[] { pair.First, pair.Second })).Flows.Select(f => f.Told));
    }

    [Theory]
    [InlineData(999_999_999, 1)]
    [InlineData(-999_999_999, 1)]
    [InlineData(1_000_000_000, 2)]
    [InlineData(-1_000_000_000, 2)]
    public void The_same_SYN_in_another_network_is_the_same_connection_within_a_second(long nanoseconds, int flows)
    {
        var syn = TcpScript.Read("C SYN id=1")[0];
        Assert.Equal(flows, Record([syn, syn with { Encapsulation = Ways[1], Mark = new FrameMark(2, syn.Mark.Time + new Duration(nanoseconds)) }]).Flows.Count);
    }

    [Theory]
    [InlineData("C 'x' seq=1048581", 1)]
    [InlineData("C 'x' seq=1048582", 2)]
    [InlineData("C 'x' seq=-1", 1)]
    [InlineData("C 'x' seq=-2", 2)]
    [InlineData("C 'x' ack=1048576", 1)]
    [InlineData("C 'x' ack=1048577", 2)]
    [InlineData("C 'x' ack=-2", 2)]
    [InlineData("C 'x' noack ack=-2", 1)]
    [InlineData("C SYN", 1)]
    [InlineData("S SYN-ACK", 1)]
    [InlineData("C SYN seq=5", 2)]
    public void Numbers_tell_whether_a_segment_from_another_network_is_of_the_connection(string segment, int flows) =>
        Assert.Equal(flows, LastElsewhere("C SYN; S SYN-ACK; C ACK; C 'hello'; " + segment).Flows.Count);

    [Theory]
    [InlineData("S SYN-ACK", 1)]
    [InlineData("S SYN-ACK ack=1", 2)]
    [InlineData("S SYN", 2)]
    [InlineData("S 'x' ack=0", 1)]
    [InlineData("S 'x' ack=-2", 2)]
    [InlineData("S 'x' noack", 2)]
    public void An_answer_from_another_network_acknowledges_the_SYN(string answer, int flows)
    {
        var recorder = LastElsewhere("C SYN; " + answer);
        Assert.Equal(flows, recorder.Flows.Count);
        Assert.Equal((1L, 1L), (recorder.Flows[0].Flow.Syn.Frame, recorder.Flows[0].Flow.Forward.Packets));
    }

    private static FlowRecorder LastElsewhere(string script)
    {
        var segments = TcpScript.Read(script);
        segments[^1] = segments[^1] with { Encapsulation = Ways[1] };
        return Record(segments);
    }

    private static FlowRecorder Record(IEnumerable<ScriptedSegment> segments)
    {
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        recorder.Table.Finish();
        return recorder;
    }

    private static string Story(IEnumerable<ScriptedSegment> segments)
    {
        var told = Assert.Single(Record(segments).Flows);
        return $"{told.Told} {told.Events} {told.Flow.Forward.Packets} {told.Flow.Reverse.Packets} {told.Flow.Forward.Retransmissions} {told.Flow.Syn.Frame} {told.Flow.End}";
    }
}
