using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Streams.Udp;

namespace HandshakeToMermaid.Tests.Streams;

public sealed class TableMemoryTests
{
    [Fact]
    public void What_is_held_may_reach_the_limit_and_not_exceed_it()
    {
        var memory = new TableMemory(1000);
        var (one, other) = (Flow(), Flow());
        memory.Charge(one, 400);
        memory.Charge(other, 600);
        Assert.Equal((1000L, false), (memory.Used, memory.IsExceeded));
        memory.Charge(other, 601);
        Assert.Equal((1001L, true), (memory.Used, memory.IsExceeded));
        memory.Charge(one, 0);
        Assert.Equal((601L, false), (memory.Used, memory.IsExceeded));
    }

    private static UdpFlow Flow() =>
        new(1, "test", PacketBuilder.Endpoint("192.0.2.1:40000"), PacketBuilder.Endpoint("192.0.2.2:443"), default, "test", new SharedFilter(0), 1000, new SpareBuffer());
}
