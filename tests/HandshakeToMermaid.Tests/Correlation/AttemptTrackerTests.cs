using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Which unanswered connections were attempts of another one.</summary>
public sealed class AttemptTrackerTests
{
    private readonly AttemptTracker book = new(AnalyzerLimits.Default, static _ => []);
    private long ordinal;

    [Theory]
    [InlineData("192.0.2.10", 443, "2001:db8::55", 0.3, 1)]
    [InlineData("192.0.2.10", 8443, "2001:db8::55", 0.3, 0)]
    [InlineData("192.0.2.11", 443, "2001:db8::55", 0.3, 0)]
    [InlineData("192.0.2.10", 443, "2001:db8::66", 0.3, 0)]
    [InlineData("192.0.2.10", 443, "2001:db8::55", 60, 0)]
    public void An_attempt_went_to_another_address_of_the_name_at_the_same_port_shortly_before(string client, ushort port, string address, double wait, int attempts)
    {
        Connects(client, address, port, 1);
        var flow = Connects("192.0.2.10", "203.0.113.55", 443, 1 + wait);
        Assert.Equal(attempts, book.Before(flow, Resolved()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forgetting_a_flow_costs_the_same_however_many_others_its_server_has(bool isReversed)
    {
        const int Many = 20_000;
        var comparer = new CountingComparer();
        var counted = new AttemptTracker(AnalyzerLimits.Default with { AttemptsOfServer = Many }, static _ => [], comparer);
        var flows = new List<TcpFlow>();
        for (var i = 0; i < Many; i++) flows.Add(Connects("192.0.2.10", "2001:db8::55", 443, 1 + (i * 1e-6)));
        foreach (var flow in flows) counted.Opened(flow);
        if (isReversed) flows.Reverse();
        foreach (var flow in flows)
        {
            flow.Tracker.SynAck = flow.Syn;
            flow.Close(default, AnalyzerLimits.Default, RecordedState.Closed);
            counted.Closed(flow, flow.Record(default));
        }

        Assert.InRange(comparer.Compared, Many, 4 * Many);
        Assert.Empty(counted.Before(Connects("192.0.2.10", "203.0.113.55", 443, 1.3), Resolved()));
    }

    private TcpFlow Connects(string client, string server, ushort port, double seconds)
    {
        var mark = new FrameMark(++ordinal, At(seconds));
        var flow = new TcpFlow(ordinal, "x", new IpEndpoint(IpAddress.Parse(client)!.Value, 40001), new IpEndpoint(IpAddress.Parse(server)!.Value, port), mark);
        flow.Track(new TcpTracker(), AnalyzerLimits.Default, new PlayedStream(), hasHeldSyn: false);
        flow.Tracker.Syn = mark;
        book.Opened(flow);
        return flow;
    }

    private static DnsResolution Resolved()
    {
        var query = new DnsQuery
        {
            Ordinal = 0, Capture = "x", Name = "www.example.com", Type = "AAAA",
            Client = new IpEndpoint(IpAddress.Parse("192.0.2.10")!.Value, 40000), Resolver = new IpEndpoint(IpAddress.Parse("192.0.2.53")!.Value, 53),
            Answer = new FrameMark(2, At(0.5)), Rcode = "NOERROR",
            Addresses = [IpAddress.Parse("203.0.113.55")!.Value, IpAddress.Parse("2001:db8::55")!.Value],
        };
        query.Ask(new FrameMark(1, At(0.4)));
        return new DnsCorrelator(AnalyzerLimits.Default).Add(query);
    }

    private static Timestamp At(double seconds) => new((long)(seconds * 1e9));

    private sealed class CountingComparer : IEqualityComparer<TcpFlow>
    {
        public int Compared { get; private set; }

        public bool Equals(TcpFlow? x, TcpFlow? y)
        {
            Compared++;
            return ReferenceEquals(x, y);
        }

        public int GetHashCode(TcpFlow flow) => (int)flow.Ordinal;
    }
}
