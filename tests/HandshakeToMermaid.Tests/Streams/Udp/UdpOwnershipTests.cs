using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Udp;

/// <summary>Which flow a datagram belongs to: between the same endpoints, in other tunnels, in errors that quote it; and when a flow is given up.</summary>
public sealed class UdpOwnershipTests : IUdpFlowListener
{
    private static readonly EncapsulationPath[] Ways = [.. Enumerable.Range(1, 4).Select(i => new EncapsulationPath(null, new EncapsulationLayer("vlan", (uint)i, default, default), i))];

    private readonly List<(long Ordinal, RecordedState State)> closed = [];
    private readonly List<RecordedUdpFlow> recorded = [];
    private UdpFlowTable table;
    private long frame;

    public UdpOwnershipTests() => table = Table(AnalyzerLimits.Default);

    void IUdpFlowListener.Dropped(UdpFlow flow) => closed.Add((flow.Ordinal, RecordedState.Open));

    void IUdpFlowListener.Closed(UdpFlow flow, RecordedUdpFlow of)
    {
        closed.Add((flow.Ordinal, of.State));
        recorded.Add(of);
    }

    [Fact]
    public void Between_the_same_endpoints_each_datagram_goes_to_the_flow_that_knows_it_best()
    {
        var filters = Enumerable.Range(0, 3).Select(i => new SharedFilter((byte)i)).ToArray();
        var flows = filters.Select((f, i) => Open(f, [(byte)i])).ToArray();
        for (byte i = 0; i < 3; i++) Assert.Same(flows[i], Add([i, 9], isAnswer: true));
        Assert.Equal([(2, 2), (2, 2), (2, 2)], filters.Select(f => (f.Chosen, f.Passed)));

        Assert.Same(flows[2], Add([254]));
        filters[2].IsOver = true;
        Assert.Same(flows[0], Add([255]));
        Assert.Equal([(3, 3), (2, 3), (3, 2)], filters.Select(f => (f.Chosen, f.Passed)));
        Assert.Null(Add([7]));
        Assert.Equal([(3, 4), (2, 4), (3, 3)], filters.Select(f => (f.Chosen, f.Passed)));
        Assert.Empty(closed);
    }

    [Fact]
    public void A_flow_that_is_certain_goes_before_a_later_one_that_is_not()
    {
        var first = Open(new SharedFilter(254), [254]);
        Open(new SharedFilter(1), [1]);
        Assert.Same(first, Add([254]));
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public void Too_many_flows_between_the_same_endpoints_push_out_the_oldest(int count, int pushedOut)
    {
        for (var i = 0; i < count; i++) Open(new SharedFilter(250), [250]);
        Assert.Null(Add([7]));
        Assert.Equal(pushedOut, table.Evicted);
        Assert.Equal(Enumerable.Repeat((1L, RecordedState.Evicted), pushedOut), closed);
    }

    [Fact]
    public void The_first_answer_may_come_by_another_way_and_later_ones_by_it()
    {
        var flow = Open(Lone(), [1]);
        Assert.Null(Add([2], way: Ways[0]));
        Assert.Same(flow, Add([3], isAnswer: true, way: Ways[0]));
        Assert.Null(Add([4], isAnswer: true, way: Ways[1]));
        Assert.Same(flow, Add([5], way: Ways[0]));
        Assert.Same(flow, Add([5], way: Ways[1]));
        Assert.Same(flow, Add([6], isAnswer: true, way: Ways[0]));
        Assert.Same(flow, Add([7], way: Ways[1]));
        Assert.Equal((3L, 2L), (flow.Forward.Packets, flow.Reverse.Packets));
    }

    [Fact]
    public void A_datagram_that_is_captured_in_several_networks_counts_once()
    {
        var flow = Open(Lone(), [1], Ways[0]);
        foreach (var way in new[] { Ways[1], Ways[2], null, Ways[0] }) Assert.Same(flow, Add([1], way: way));
        Assert.Equal(1, flow.Forward.Packets);
        Add([1], way: Ways[2], seconds: 1);
        Assert.Equal(2, flow.Forward.Packets);
    }

    [Fact]
    public void Flows_of_equal_endpoints_in_two_networks_keep_apart()
    {
        var one = Open(Lone(), [1], Ways[0]);
        var two = Open(Lone(), [2], Ways[1]);
        Assert.Same(one, Add([1], way: Ways[2]));
        Assert.Same(two, Add([2], way: Ways[3]));
        Assert.Same(one, Add([5], isAnswer: true, way: Ways[0]));
        Assert.Same(two, Add([5], isAnswer: true, way: Ways[1]));
        Assert.Same(one, Quote(Ways[0]));
        Assert.Same(two, Quote(Ways[1]));
        Assert.NotNull(Quote(null));
    }

    [Fact]
    public void Flows_that_are_waited_for_are_given_up_up_to_an_ordinal()
    {
        var over = Lone();
        Open(over, [1]);
        over.IsOver = true;
        Add([2]);
        foreach (var port in new[] { 1001, 1002 }) Open(Lone(), [1], client: $"192.0.2.7:{port}");
        Add([1], isAnswer: true, client: "192.0.2.7:1001");
        Assert.Equal(3, table.OpenFlows);
        table.EvictBefore(3);
        Assert.Equal([(1L, RecordedState.Closed), (2L, RecordedState.Evicted)], closed);
        Assert.Equal((1L, 1), (table.Evicted, table.OpenFlows));
        Assert.Equal((1L, 1L), (recorded[1].Forward.Packets, recorded[1].Reverse.Packets));
    }

    [Fact]
    public void A_connection_moves_once_it_was_answered_and_until_it_is_over()
    {
        var flow = Open(new SharedFilter(1, shares: false) { Moves = true }, [1]);
        var elsewhere = Packet([1], false, null, 0, "192.0.2.9:77");
        Assert.False(table.AddMoved(in elsewhere));
        Add([1], isAnswer: true);
        Assert.True(table.AddMoved(in elsewhere));
        table.Finish();
        Assert.False(table.AddMoved(in elsewhere));
        Assert.Same(recorded[0], flow.Record(new Timestamp(long.MaxValue)));
        Assert.Equal([0, 1, 0], recorded[0].Datagrams.Select(d => d.Path));
    }

    [Fact]
    public void A_flow_that_alone_takes_more_memory_than_there_is_stays()
    {
        table = new UdpFlowTable(AnalyzerLimits.Default, this, new OrdinalSource(), new TableMemory(100));
        var flow = Open(Lone(), [1]);
        Assert.Same(flow, Add([2]));
        Open(Lone(), [1], client: "192.0.2.7:1001");
        Assert.Equal([(1L, RecordedState.Evicted)], closed);
    }

    [Fact]
    public void Errors_are_capped_and_an_empty_datagram_is_no_payload()
    {
        table = Table(new AnalyzerLimits { EventsPerFlow = 2 });
        var flow = Open(Lone(), []);
        Assert.False(flow.Forward.FirstPayload.IsSet);
        Add([1]);
        Assert.Equal((2L, 77), (flow.Forward.FirstPayload.Frame, flow.Forward.TimeToLive));
        for (var i = 0; i < 4; i++) Quote(null);
        Assert.Equal(2, flow.Errors.Count);
        Assert.Equal(6, flow.Last.Frame);
    }

    [Theory]
    [InlineData(false, 10_000_000_000)]
    [InlineData(true, 200_000_000)]
    public void A_flow_is_closed_one_tick_after_its_time(bool isOver, long wait)
    {
        table = Table(new AnalyzerLimits { IdleSeconds = 10, LingerMilliseconds = 200 });
        Open(new SharedFilter(0, shares: false) { IsOver = isOver }, [1]);
        var last = new Timestamp(frame * 1000);
        table.Advance(new Timestamp(last.Nanoseconds + wait));
        Assert.Empty(closed);
        table.Advance(new Timestamp(last.Nanoseconds + wait + 1));
        Assert.Single(closed);
        Assert.Equal(last.Nanoseconds + wait, recorded[0].SeenUntil.Nanoseconds);
    }

    private const string Client = "192.0.2.7:40000";
    private const string Server = "198.51.100.1:4433";

    private static SharedFilter Lone() => new(0, shares: false);

    private UdpFlowTable Table(AnalyzerLimits limits) => new(limits, this, new OrdinalSource(), new TableMemory(long.MaxValue));

    private UdpFlow Open(SharedFilter filter, byte[] payload, EncapsulationPath? way = null, string client = Client)
    {
        var packet = Packet(payload, isAnswer: false, way, 0, client);
        packet.TimeToLive = 77;
        return table.Open(in packet, "test.pcap", "test", filter);
    }

    private UdpFlow? Add(byte[] payload, bool isAnswer = false, EncapsulationPath? way = null, int seconds = 0, string client = Client)
    {
        var packet = Packet(payload, isAnswer, way, seconds, client);
        return table.Add(in packet);
    }

    private UdpFlow? Quote(EncapsulationPath? way)
    {
        var packet = Packet([], isAnswer: false, way, 0, Client);
        packet.Kind = PacketKind.IcmpError;
        return table.AddIcmp(in packet);
    }

    private Packet Packet(byte[] payload, bool isAnswer, EncapsulationPath? way, int seconds, string client) => new()
    {
        Kind = PacketKind.Udp, Mark = new FrameMark(++frame, new Timestamp((frame * 1000) + (seconds * 1_000_000_000L))), Encapsulation = way,
        Source = PacketBuilder.Endpoint(isAnswer ? Server : client), Destination = PacketBuilder.Endpoint(isAnswer ? client : Server),
        Payload = payload, PayloadLength = payload.Length, Protocol = 17, TimeToLive = 11,
    };
}
