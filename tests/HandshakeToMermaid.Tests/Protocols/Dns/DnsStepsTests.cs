using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Streams;
using static HandshakeToMermaid.Tests.Protocols.Dns.DnsMessageBuilder;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class DnsStepsTests
{
    private readonly LookupRecorder recorder = new();

    [Fact]
    public void Questions_sent_together_share_an_arrow_and_each_answer_has_its_own()
    {
        Ask(1, 1, 0);
        Ask(2, 28, 0.2);
        Ask(3, 65, 0.4);
        Reply(Response(1, Host, 1).Address(Host, "203.0.113.55"), 17.9);
        Reply(Response(2, Host, 28).Address(Host, "2001:db8::55"), 18.1);
        Reply(Response(3, Host, 65).Answer(Host, 65, [0, 1, 0, .. Parameter(1, 2, (byte)'h', (byte)'3', 2, (byte)'h', (byte)'2'), .. Parameter(5, 1)]), 18.4);

        Assert.Equal(["> A, AAAA, HTTPS query", "< A 203.0.113.55", "< AAAA 2001:db8::55", "< HTTPS alpn h3, h2"], Drawn());
        var query = Steps()[0];
        Assert.Equal((1, 3), (query.First.Frame, query.Last.Frame));
        Assert.Equal(new StepFact(Detail.Brief, "", Host), query.Facts().First());
        Assert.Equal("192.0.2.53", query.Helper);
        Assert.Equal(Phase.Dns, query.Phase);
    }

    [Fact]
    public void Several_addresses_are_counted_and_aliases_are_facts()
    {
        Ask(1, 1, 0);
        Reply(Response(1, Host, 1).Alias(Host, "e.example.net").Address("e.example.net", "192.0.2.1").Address("e.example.net", "192.0.2.2").Address("e.example.net", "192.0.2.3").Address("e.example.net", "192.0.2.4"), 5);

        Assert.Equal(["> A query", "< A 192.0.2.1 + 3 more"], Drawn());
        Assert.Contains(new StepFact(Detail.Normal, "", "CNAME e.example.net"), Steps()[1].Facts());
    }

    [Fact]
    public void Questions_far_apart_have_arrows_of_their_own()
    {
        Ask(1, 1, 0);
        Reply(Response(1, Host, 1, rcode: 3), 10);
        Ask(2, 28, 20);
        Reply(Response(2, Host, 28), 30);

        Assert.Equal(["> A query", "< NXDOMAIN", "> AAAA query", "< no AAAA record"], Drawn());
    }

    [Fact]
    public void A_retry_is_an_arrow_and_silence_ends_in_a_cross()
    {
        Ask(1, 1, 0);
        Ask(2, 28, 1);
        Ask(2, 28, 5000);
        Ask(1, 1, 5001);
        Reply(Response(2, Host, 28, rcode: 2), 5010);
        recorder.Observer.Finish();

        Assert.Equal(["> A query x", "> AAAA query", "> AAAA query retry", "> A query retry x", "< SERVFAIL"], Drawn());
    }

    [Fact]
    public void A_truncated_answer_and_the_retry_over_TCP_are_arrows()
    {
        Ask(1, 1, 0);
        Reply(Response(1, Host, 1).Truncated(), 5);
        recorder.Tcp("192.0.2.7:50000", Resolver, Query(9, Host, 1).Build(), 10);
        recorder.Tcp(Resolver, "192.0.2.7:50000", Response(9, Host, 1).Address(Host, "192.0.2.1").Build(), 20);

        Assert.Equal(["> A query", "< A answer truncated", "> A query over TCP", "< A 192.0.2.1"], Drawn());
    }

    [Fact]
    public void A_long_record_is_cut_on_the_arrow_and_whole_among_the_facts()
    {
        Ask(1, 16, 0);
        Reply(Response(1, Host, 16).Answer(Host, 16, [200, .. Enumerable.Repeat((byte)'x', 200)]), 5);

        Assert.Equal(63, Steps()[1].Title.Length);
        Assert.Contains(Steps()[1].Facts(), f => f.Level == Detail.Full && f.Text.Length > 200);
    }

    [Fact]
    public void Why_a_resolver_failed_is_a_fact()
    {
        Ask(1, 1, 0);
        Reply(Response(1, Host, 1, rcode: 2).Opt(1232, 0, [0, 15, 0, 2, 0, 22]), 5);

        Assert.Contains(new StepFact(Detail.Normal, "reason", "22 No Reachable Authority"), Steps()[1].Facts());
    }

    private void Ask(ushort id, ushort type, double at) => recorder.Udp(Client, Resolver, Query(id, Host, type).Build(), at);

    private void Reply(DnsMessageBuilder message, double at) => recorder.Udp(Resolver, Client, message.Build(), at);

    private IReadOnlyList<Step> Steps() => DnsSteps.Of(recorder.Queries);

    private IEnumerable<string> Drawn() => Steps().Select(s => $"{(s.From == Direction.Forward ? '>' : '<')} {s.Title}{(s.IsDeadEnd ? " x" : "")}");

    private const string Host = "www.example.com";
    private const string Client = "192.0.2.7:40000";
    private const string Resolver = "192.0.2.53:53";
}
