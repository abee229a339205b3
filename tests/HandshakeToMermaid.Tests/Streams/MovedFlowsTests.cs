using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams;

public sealed class MovedFlowsTests
{
    private readonly MovedFlows moved = new();
    private long frame;

    [Fact]
    public void A_client_that_changes_its_port_or_address_is_followed_both_ways()
    {
        var flow = Open("192.0.2.1:1000", "198.51.100.1:443");
        Assert.True(Take("192.0.2.1:2000", "198.51.100.1:443"));
        Assert.True(Take("198.51.100.1:443", "192.0.2.1:2000"));
        Assert.True(Take("203.0.113.9:3000", "198.51.100.1:443"));
        Assert.Equal([(Direction.Forward, 1), (Direction.Reverse, 1), (Direction.Forward, 2)], flow.Recorder.ToArray().Select(d => (d.From, d.Path)));
        Assert.Equal(2, flow.Paths.Count);
    }

    [Fact]
    public void A_server_that_is_reached_at_another_address_is_followed()
    {
        var flow = Open("192.0.2.1:1000", "198.51.100.1:443");
        Assert.True(Take("192.0.2.1:1000", "198.51.100.2:443"));
        Assert.Equal([1], flow.Recorder.ToArray().Select(d => d.Path));
    }

    [Fact]
    public void What_may_be_of_two_connections_is_of_none()
    {
        Open("192.0.2.1:1000", "198.51.100.1:443");
        Open("192.0.2.1:1001", "198.51.100.1:443");
        Assert.False(Take("192.0.2.1:2000", "198.51.100.1:443"));
        Assert.False(Take("203.0.113.9:2000", "198.51.100.1:443"));
    }

    [Fact]
    public void A_connection_that_ended_is_followed_no_more()
    {
        var flow = Open("192.0.2.1:1000", "198.51.100.1:443");
        Take("192.0.2.1:2000", "198.51.100.1:443");
        moved.Remove(flow);
        Assert.False(Take("192.0.2.1:2000", "198.51.100.1:443"));
        Assert.False(Take("192.0.2.1:2001", "198.51.100.1:443"));
    }

    [Fact]
    public void Many_paths_are_cut_short()
    {
        var flow = Open("192.0.2.1:1000", "198.51.100.1:443");
        for (var i = 0; i < 100; i++) Take($"192.0.2.1:{2000 + i}", "198.51.100.1:443");
        Assert.InRange(flow.Paths.Count, 1, 8);
        for (var i = 0; i < 1000; i++) Take("192.0.2.1:2000", "198.51.100.1:443");
        Assert.InRange(flow.Recorder.ToArray().Length, 1, 64);
    }

    private UdpFlow Open(string client, string server)
    {
        var flow = new UdpFlow(1, "test", PacketBuilder.Endpoint(client), PacketBuilder.Endpoint(server), default, "quic", new AlwaysMoving(), 100_000, new SpareBuffer());
        moved.Add(flow);
        return flow;
    }

    private bool Take(string from, string to)
    {
        var packet = new Packet
        {
            Kind = PacketKind.Udp, Mark = new FrameMark(++frame, new Timestamp(frame)), Source = PacketBuilder.Endpoint(from), Destination = PacketBuilder.Endpoint(to), Payload = [0x40, 1], PayloadLength = 2, Protocol = 17,
        };
        return moved.TryTake(in packet);
    }

    private sealed class AlwaysMoving : IDatagramFilter
    {
        public bool IsOver => false;

        public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length) => DatagramChoice.Record;

        public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);

        public bool MayMove(ReadOnlySpan<byte> payload) => true;
    }
}
