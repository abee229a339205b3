using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Udp;

public sealed class UdpFlowTableTests : IUdpFlowListener
{
    private readonly List<UdpFlow> closed = [];
    private readonly List<UdpFlow> dropped = [];
    private readonly List<RecordedUdpFlow> recorded = [];
    private long frame;

    void IUdpFlowListener.Dropped(UdpFlow flow) => dropped.Add(flow);

    void IUdpFlowListener.Closed(UdpFlow flow, RecordedUdpFlow of)
    {
        closed.Add(flow);
        recorded.Add(of);
    }

    [Fact]
    public void A_datagram_that_nobody_recognised_leaves_no_trace()
    {
        var table = Table();
        Assert.Null(table.Add(Packet(Client, Server, 0)));
        table.Finish();
        Assert.Equal(0, table.OpenFlows);
        Assert.Empty(closed);
    }

    [Fact]
    public void Both_directions_belong_to_the_flow_that_was_opened()
    {
        var table = Table();
        var filter = new Filter();
        var flow = Open(table, Client, Server, 0, filter);
        Assert.Same(flow, table.Add(Packet(Server, Client, 0.1)));
        Assert.Same(flow, table.Add(Packet(Client, Server, 0.2, wireLength: 40)));
        Assert.Null(table.Add(Packet(Other, Server, 0.2)));
        Assert.Equal([Direction.Forward, Direction.Reverse, Direction.Forward], filter.Seen);
        Assert.Equal((2, 1), (flow.Forward.Packets, flow.Reverse.Packets));
        Assert.Equal((Payload, 36), (flow.Reverse.Delivered, flow.Forward.MissingBytes));
        Assert.Equal((1, 3), (flow.First.Frame, flow.Last.Frame));
    }

    [Fact]
    public void A_flow_that_was_silent_for_long_is_closed_and_says_how_long_it_was_watched()
    {
        var table = Table(new AnalyzerLimits { IdleSeconds = 10 });
        var first = Open(table, Client, Server, 0);
        var second = Open(table, Other, Server, 5);
        table.Add(Packet(Server, Client, 9));
        table.Advance(At(15));
        Assert.Empty(closed);
        table.Advance(At(15.5));
        Assert.Equal([second], closed);
        table.Advance(At(19.5));
        Assert.Equal([second, first], closed);
        Assert.Equal(At(19), recorded[1].SeenUntil);
    }

    [Fact]
    public void A_flow_that_is_over_lingers_for_late_datagrams()
    {
        var table = Table(new AnalyzerLimits { LingerMilliseconds = 200 });
        var filter = new Filter { IsOver = true };
        var flow = Open(table, Client, Server, 0, filter);
        Assert.Same(flow, table.Add(Packet(Server, Client, 0.15)));
        table.Advance(At(0.3));
        Assert.Empty(closed);
        table.Advance(At(0.4));
        Assert.Equal([flow], closed);
        Assert.Null(table.Add(Packet(Client, Server, 0.5)));
    }

    [Fact]
    public void A_datagram_that_begins_something_else_closes_the_flow_and_is_judged_anew()
    {
        var table = Table();
        var filter = new Filter();
        var flow = Open(table, Client, Server, 0, filter);
        filter.Refuses = true;
        Assert.Null(table.Add(Packet(Client, Server, 1)));
        Assert.Equal([flow], closed);
        Assert.Equal(1, flow.Forward.Packets);
        Assert.NotSame(flow, Open(table, Client, Server, 1));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void Above_the_cap_the_one_that_was_silent_longest_goes(int opened, int pushedOut)
    {
        var table = Table(new AnalyzerLimits { OpenFlows = 2 });
        for (var i = 0; i < opened; i++) Open(table, $"192.0.2.1:{1000 + i}", Server, i);
        Assert.Equal(pushedOut, table.Evicted);
        Assert.Equal(pushedOut, closed.Count);
        Assert.All(closed, f => Assert.Equal(1, f.Ordinal));
        Assert.All(recorded, f => Assert.Equal(RecordedState.Evicted, f.State));
    }

    [Fact]
    public void Of_many_that_were_not_answered_some_are_reported_and_all_are_counted()
    {
        var table = Table(new AnalyzerLimits { EmbryonicFlows = 8, EvictedRows = 3 });
        for (var i = 0; i < 10; i++) Open(table, $"192.0.2.1:{1000 + i}", Server, i);
        Assert.Equal((8, 5), (table.Evicted, table.Dropped));
        Assert.Equal([1, 2, 3], closed.Select(f => f.Ordinal));
        Assert.Equal([4, 5, 6, 7, 8], dropped.Select(f => f.Ordinal));
    }

    [Fact]
    public void What_holds_much_is_given_up_before_memory_is_exceeded()
    {
        var memory = new TableMemory(20_000);
        var table = new UdpFlowTable(AnalyzerLimits.Default, this, new OrdinalSource(), memory);
        for (var i = 0; i < 10; i++) Open(table, $"192.0.2.1:{1000 + i}", Server, i);
        Assert.InRange(memory.Used, 1, 20_000);
        Assert.Equal(10 - table.OpenFlows, closed.Count);
        Assert.NotEmpty(closed);
        table.Finish();
        Assert.Equal(0, memory.Used);
    }

    [Fact]
    public void At_the_end_all_are_closed_in_the_order_in_which_they_began()
    {
        var table = Table();
        var first = Open(table, Client, Server, 0);
        var second = Open(table, Other, Server, 1, new Filter { IsOver = true });
        var third = Open(table, Client, Other, 1);
        table.Add(Packet(Client, Server, 1.1));
        table.Finish();
        Assert.Equal([first, second, third], closed);
        Assert.Equal(0, table.OpenFlows);
    }

    [Fact]
    public void Many_flows_at_once_are_told_apart()
    {
        var table = Table();
        var flows = Enumerable.Range(0, 3000).Select(i => Open(table, $"192.0.2.{i % 250}:{1024 + i}", Server, 0)).ToList();
        for (var i = 0; i < flows.Count; i += 7) Assert.Same(flows[i], table.Add(Packet(Server, $"192.0.2.{i % 250}:{1024 + i}", 1)));
        table.Finish();
        Assert.Equal(flows, closed);
    }

    [Fact]
    public void An_icmp_error_is_kept_with_the_flow_that_it_quotes()
    {
        var table = Table();
        var flow = Open(table, Client, Server, 0);
        var error = Packet(Client, Server, 0.1);
        error.Kind = PacketKind.IcmpError;
        error.Icmp = new IcmpError { Type = 3, Code = 3 };
        error.IcmpSender = PacketBuilder.Endpoint(Server).Address;
        Assert.Same(flow, table.AddIcmp(in error));
        Assert.Equal((Direction.Forward, (byte)3), (flow.Errors[0].From, flow.Errors[0].Icmp.Code));
        Assert.Equal(0, flow.Reverse.Packets);
    }

    [Fact]
    public void Of_many_datagrams_that_matter_only_at_the_end_the_last_are_recorded_and_the_others_counted()
    {
        var table = Table();
        var flow = Open(table, Client, Server, 0);
        for (var i = 1; i < 50; i++) table.Add(Packet(Client, Server, i));
        var whole = flow.Record(At(60));
        Assert.Equal(Enumerable.Range(35, 16).Select(i => (long)i), whole.Datagrams.Select(d => d.Mark.Frame));
        Assert.Equal((34, 34L * Payload, 1L, 34L), (whole.OmittedOf(Direction.Forward).Units, whole.OmittedOf(Direction.Forward).Length, whole.OmittedOf(Direction.Forward).First.Frame, whole.OmittedOf(Direction.Forward).Last.Frame));
    }

    [Fact]
    public void A_connection_moves_within_its_network_only()
    {
        var table = Table();
        Open(table, Client, Server, 0, new Filter { Moves = true });
        table.Add(Packet(Server, Client, 0.1));
        var elsewhere = Packet(Other, Server, 0.2);
        elsewhere.Encapsulation = new EncapsulationPath(null, new EncapsulationLayer("vlan", 7, default, default), 1);
        Assert.False(table.AddMoved(in elsewhere));
        Assert.True(table.AddMoved(Packet(Other, Server, 0.3)));
        Assert.False(table.AddMoved(in elsewhere));
    }

    [Fact]
    public void A_flow_that_was_closed_takes_no_datagram_while_others_go_on()
    {
        var table = Table(new AnalyzerLimits { IdleSeconds = 10 });
        var first = Open(table, Client, Server, 0);
        Open(table, Other, Server, 9);
        Assert.Null(table.Add(Packet(Server, Client, 11)));
        Assert.Equal([first], closed);
        Assert.Equal((1, 0L), (table.OpenFlows, first.Reverse.Packets));
    }

    [Fact]
    public void Flows_that_were_answered_are_not_given_up_for_those_that_were_not()
    {
        var table = Table(new AnalyzerLimits { EmbryonicFlows = 16 });
        for (var i = 0; i < 10; i++)
        {
            Open(table, $"192.0.2.9:{2000 + i}", Server, i * 0.01);
            table.Add(Packet(Server, $"192.0.2.9:{2000 + i}", (i * 0.01) + 0.001));
        }

        for (var i = 0; i < 4; i++) Open(table, $"192.0.2.10:{2000 + i}", Server, 1 + (i * 0.01));
        Assert.Equal((14, 0L), (table.OpenFlows, table.Evicted));
        Open(table, "192.0.2.10:3000", Server, 2);
        Assert.Equal((14, 1L, "192.0.2.10:2000"), (table.OpenFlows, table.Evicted, closed.Single().Initiator.ToString()));
    }

    [Fact]
    public void A_recorded_flow_holds_the_bytes_of_all_its_datagrams()
    {
        var table = Table();
        Open(table, Client, Server, 0);
        table.Add(Packet(Server, Client, 0.1));
        table.Finish();
        Assert.Equal(2 * Payload, recorded.Single().HeldBytes);
    }

    /// <summary>A flow may take the room of one that was given up: neither the others nor a snapshot of that one may change with it.</summary>
    [Fact]
    public void Whatever_is_given_up_each_flow_and_each_snapshot_holds_its_own_bytes()
    {
        var table = Table(new AnalyzerLimits { EmbryonicFlows = 16, EvictedRows = 2 });
        var random = new Random(7);
        var snapshots = new List<(RecordedUdpFlow Recorded, byte[] Bytes)>();
        var sent = new Dictionary<UdpFlow, byte[]>();
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(3) == 0 ? random.Next(1, 3000) : 1200];
            random.NextBytes(bytes);
            var packet = Packet($"192.0.2.9:{1024 + i}", Server, i * 0.001) with { Payload = bytes, PayloadLength = bytes.Length };
            var flow = table.Open(in packet, "test", "quic", new SharedFilter(0, shares: false));
            sent[flow] = bytes;
            if (random.Next(3) == 0) snapshots.Add((flow.Record(At(i * 0.001)), bytes));
        }

        Assert.NotEmpty(dropped);
        table.Finish();
        Assert.All(recorded.Zip(closed), pair => Assert.Equal(sent[pair.Second], pair.First.Datagrams.Single().Payload.ToArray()));
        Assert.All(snapshots, taken => Assert.Equal(taken.Bytes, taken.Recorded.Datagrams.Single().Payload.ToArray()));
    }

    private const string Client = "192.0.2.7:40000";
    private const string Server = "198.51.100.1:4433";
    private const string Other = "192.0.2.8:40000";
    private const int Payload = 4;

    private UdpFlowTable Table(AnalyzerLimits? limits = null) => new(limits ?? AnalyzerLimits.Default, this, new OrdinalSource(), new TableMemory(long.MaxValue));

    private UdpFlow Open(UdpFlowTable table, string from, string to, double seconds, Filter? filter = null)
    {
        var packet = Packet(from, to, seconds);
        return table.Open(in packet, "test.pcap", "test", filter ?? new Filter());
    }

    private Packet Packet(string from, string to, double seconds, int wireLength = Payload) => new()
    {
        Kind = PacketKind.Udp, Mark = new FrameMark(++frame, At(seconds)), Source = PacketBuilder.Endpoint(from), Destination = PacketBuilder.Endpoint(to),
        Payload = new byte[Payload], PayloadLength = wireLength, Protocol = 17,
    };

    private static Timestamp At(double seconds) => new((long)(seconds * 1e9));

    private sealed class Filter : IDatagramFilter
    {
        public List<Direction> Seen { get; } = [];

        public bool Refuses { get; set; }

        public bool IsOver { get; init; }

        public bool Moves { get; init; }

        public bool MayMove(ReadOnlySpan<byte> payload) => Moves;

        public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
        {
            if (Refuses) return DatagramChoice.BeginsAnother;
            Seen.Add(from);
            return DatagramChoice.RecordIfLast;
        }

        public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);
    }
}
