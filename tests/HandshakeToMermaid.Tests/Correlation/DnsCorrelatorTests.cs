using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Which look-ups name which connection.</summary>
public sealed class DnsCorrelatorTests
{
    private static readonly IpAddress Client = IpAddress.Parse("192.0.2.10")!.Value;
    private static readonly IpAddress Server = IpAddress.Parse("203.0.113.55")!.Value;
    private readonly DnsCorrelator book = new(AnalyzerLimits.Default);
    private long ordinal;

    [Fact]
    public void Questions_for_several_types_of_one_name_are_one_go()
    {
        var first = book.Add(Answered("A", 1.0, "203.0.113.55"));
        Assert.Same(first, book.Add(Answered("AAAA", 1.001, "2001:db8::55")));
        Assert.Equal(2, first.Queries.Count);
    }

    [Fact]
    public void Asking_again_what_is_known_is_another_go()
    {
        var first = book.Add(Answered("A", 1.0, "203.0.113.55"));
        var second = book.Add(Answered("A", 3.0, "203.0.113.55"));
        Assert.NotSame(first, second);
        Assert.Same(second, book.Find(Client, Server, "www.example.com", At(3.1)));
    }

    [Fact]
    public void A_failed_answer_and_the_next_try_are_one_go()
    {
        var failed = Answered("A", 1.0);
        failed.Rcode = "SERVFAIL";
        var first = book.Add(failed);
        Assert.Same(first, book.Add(Answered("A", 1.5, "203.0.113.55")));
        Assert.True(first.HasAddress);
    }

    [Fact]
    public void Another_name_for_the_same_address_does_not_name_a_connection_that_asked_for_its_own()
    {
        book.Add(Answered("A", 1.0, "203.0.113.55"));
        Assert.Null(book.Find(Client, Server, "shop.example.com", At(1.1)));
        Assert.NotNull(book.Find(Client, Server, null, At(1.1)));
    }

    [Fact]
    public void A_look_up_after_the_connection_does_not_name_it()
    {
        book.Add(Answered("A", 2.0, "203.0.113.55"));
        Assert.Null(book.Find(Client, Server, "www.example.com", At(1.0)));
    }

    [Fact]
    public void The_first_connection_has_the_look_up_and_a_later_one_uses_what_the_client_remembers()
    {
        var group = book.Add(Answered("A", 1.0, "203.0.113.55"));
        var (first, second, later) = (Connects(1.01, isAnswered: true), Connects(1.03, isAnswered: true), Connects(1.2, isAnswered: true));
        Assert.True(Ends(first, group));
        Assert.True(Ends(second, group));
        Assert.False(Ends(later, group));
        Assert.Equal("www.example.com", book.Ended(Connects(1.3, isAnswered: true), Client, Server, null).Name);
    }

    [Fact]
    public void The_next_try_after_one_without_an_answer_is_the_same_visit()
    {
        var group = book.Add(Answered("A", 1.0, "203.0.113.55"));
        Ends(Connects(1.01, isAnswered: false), group);
        Assert.True(Ends(Connects(4.0, isAnswered: true), group));
    }

    [Fact]
    public void Of_two_names_for_one_address_the_one_that_was_asked_for_is_part_of_the_visit()
    {
        var asked = book.Add(Answered("A", 1.0, "203.0.113.55"));
        book.Add(Answered("A", 1.001, "203.0.113.55", "api.example.com"));
        Assert.True(Ends(Connects(1.01, isAnswered: true), asked));
    }

    [Fact]
    public void A_connection_that_is_over_is_not_asked_for_its_name_any_more()
    {
        var asking = new DnsCorrelator(AnalyzerLimits.Default, static _ => "www.example.com");
        var query = Unanswered(1.0);
        var group = asking.Began(query);
        var flow = Connects(1.01, isAnswered: true);
        asking.Opened(flow);
        Assert.True(asking.HasLedToConnection(group));

        // Another thread may read its bytes from here on; by what it asked for it was noted before.
        asking.Closed(flow);
        Assert.False(asking.HasLedToConnection(group));
    }

    [Fact]
    public void Who_asked_for_a_name_and_is_over_shows_that_the_name_led_somewhere()
    {
        var asking = new DnsCorrelator(AnalyzerLimits.Default, static _ => throw new InvalidOperationException("asked for its name again"));
        var group = asking.Began(Unanswered(1.0));
        var flow = Connects(1.01, isAnswered: true);
        asking.Opened(flow);
        asking.Ended(flow, Client, Server, "www.example.com");
        asking.Closed(flow);
        Assert.True(asking.HasLedToConnection(group));
    }

    /// <summary>True where the look-ups were part of its visit.</summary>
    private bool Ends(TcpFlow flow, DnsResolution group)
    {
        var match = book.Ended(flow, Client, Server, group.Name);
        book.Closed(flow);
        return match.IsPartOfConnection && match.Group == group;
    }

    private TcpFlow Connects(double seconds, bool isAnswered)
    {
        var mark = new FrameMark(100, At(seconds));
        var flow = new TcpFlow(++ordinal, "x", new IpEndpoint(Client, 40001), new IpEndpoint(Server, 443), mark);
        flow.Track(new TcpTracker(), AnalyzerLimits.Default, new PlayedStream(), hasHeldSyn: false);
        book.Opened(flow);
        if (isAnswered) flow.Tracker.SynAck = mark;
        return flow;
    }

    [Fact]
    public void Names_are_compared_without_case()
    {
        book.Add(Answered("A", 1.0, "203.0.113.55"));
        Assert.NotNull(book.Find(Client, Server, "WWW.Example.COM", At(1.1)));
    }

    [Fact]
    public void Of_a_look_up_whose_connection_is_over_the_name_outlives_the_rest()
    {
        var small = new DnsCorrelator(AnalyzerLimits.Default with { RecentQueries = 2 });
        var group = small.Add(Answered("A", 1.0, "203.0.113.55"));
        var flow = Connects(1.01, isAnswered: true);
        for (var i = 0; i < 5; i++) small.Add(Answered("A", 1.02, "198.51.100.1", $"other{i}.example.com"));
        Assert.True(small.Ended(flow, Client, Server, "www.example.com").IsPartOfConnection);
        Assert.Single(group.Queries);
        small.Closed(flow);
        Assert.Empty(group.Queries);
        Assert.Equal("www.example.com", small.Find(Client, Server, null, At(1.03))!.Name);
        Assert.Same(group, small.Find(Client, Server, "www.example.com", At(1.03)));
        Assert.Null(small.Find(Client, Server, "www.example.com", At(0.5)));
        Assert.False(small.Ended(Connects(1.03, isAnswered: true), Client, Server, "www.example.com").IsPartOfConnection);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void The_oldest_is_forgotten_at_the_cap(int below, bool isKept)
    {
        var small = new DnsCorrelator(AnalyzerLimits.Default with { RememberedQueries = 3 });
        small.Add(Answered("A", 1.0, "203.0.113.55"));
        for (var i = 0; i < 3 + below; i++) small.Add(Answered("A", 2.0, "198.51.100.1", $"other{i}.example.com"));
        Assert.Equal(isKept, small.Find(Client, Server, "www.example.com", At(3.0)) is not null);
    }

    private DnsQuery Unanswered(double seconds)
    {
        var query = new DnsQuery
        {
            Ordinal = ++ordinal, Capture = "x", Name = "www.example.com", Type = "A",
            Client = new IpEndpoint(Client, 40000), Resolver = new IpEndpoint(IpAddress.Parse("192.0.2.53")!.Value, 53),
        };
        query.Ask(new FrameMark(ordinal, At(seconds)));
        return query;
    }

    private DnsQuery Answered(string type, double seconds, string? address = null, string name = "www.example.com")
    {
        var query = new DnsQuery
        {
            Ordinal = ++ordinal, Capture = "x", Name = name, Type = type,
            Client = new IpEndpoint(Client, 40000), Resolver = new IpEndpoint(IpAddress.Parse("192.0.2.53")!.Value, 53),
            Answer = new FrameMark(ordinal * 2, At(seconds + 0.004)), Rcode = "NOERROR",
        };
        query.Ask(new FrameMark((ordinal * 2) - 1, At(seconds)));
        if (address is not null) query.Addresses = [.. query.Addresses, IpAddress.Parse(address)!.Value];
        return query;
    }

    private static Timestamp At(double seconds) => new((long)(seconds * 1e9));
}
