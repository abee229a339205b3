using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class RecentlyClosedFlowsTests
{
    [Fact]
    public void Of_more_than_there_is_room_for_the_latest_are_remembered()
    {
        var table = Buried(Enumerable.Range(0, RecentlyClosedFlows.Capacity + 2));

        Assert.False(Claims(table, 0));
        Assert.False(Claims(table, 1));
        Assert.All(Enumerable.Range(2, RecentlyClosedFlows.Capacity), n => Assert.True(Claims(table, n)));
    }

    [Fact]
    public void Endpoints_that_are_used_again_are_forgotten()
    {
        var table = Buried([1, 2, 3]);
        table.Forget(Hash(2));

        Assert.Equal([true, false, true], new[] { 1, 2, 3 }.Select(n => Claims(table, n)));
    }

    [Fact]
    public void The_same_endpoints_are_one_stone_however_often_they_end()
    {
        var table = Buried([1, .. Enumerable.Repeat(2, RecentlyClosedFlows.Capacity - 1)]);
        Assert.True(Claims(table, 2));
        table.Forget(Hash(2));
        Assert.False(Claims(table, 2));
        Assert.True(Claims(table, 1));
    }

    private static RecentlyClosedFlows Buried(IEnumerable<int> flows)
    {
        var table = new RecentlyClosedFlows();
        var tracker = new TcpTracker();
        foreach (var number in flows)
        {
            var flow = new TcpFlow(number, "test", default, default, default) { Hash = Hash(number) };
            tracker.Begin(flow, AnalyzerLimits.Default, null);
            tracker.Reader.Take();
            table.Add(flow, tracker);
        }

        return table;
    }

    private static bool Claims(RecentlyClosedFlows table, int flow) => table.Owns(Hash(flow), default);

    /// <summary>An odd factor: no two are equal.</summary>
    private static ulong Hash(int flow) => unchecked((ulong)flow * 0x9E37_79B9_7F4A_7C15);
}
