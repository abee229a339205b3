using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>Resolutions that are slow or repeated: where a rule begins to speak of them, and what it lays the time to.</summary>
public sealed class ResolutionRulesTests
{
    private const string Name = "one.example";
    private const string Second = "192.0.2.54";

    [Theory]
    [InlineData(499, null)]
    [InlineData(500, "192.0.2.53 took 500 ms to answer for one.example")]
    public void An_answer_that_takes_500_ms_is_slow(int answered, string? cause) =>
        Assert.Equal(cause, Cause("slow-dns", Visit().Lookup(Name, 1, 0, answered, VisitScript.Server)));

    /// <summary>Where every way is as long, the resolver is not to blame: it may ask another one that is as far away.</summary>
    [Theory]
    [InlineData(300, false)]
    [InlineData(299, true)]
    public void A_resolver_that_needs_two_round_trips_of_the_connection_is_not_slow(int way, bool isFound)
    {
        var client = TcpFrames(way);
        Assert.Equal(isFound, Findings(client).Any(f => f.Code == "slow-dns"));
    }

    /// <summary>Several names of a search list take their time together; a pause of the client is not the resolver's.</summary>
    [Theory]
    [InlineData(250, 310, "2 queries took 560 ms in all, the slowest answer took 250 ms")]
    [InlineData(10, 600, null)]
    public void What_several_answers_took_together_is_said_and_a_pause_between_them_is_not(int each, int second, string? cause) =>
        Assert.Equal(cause, Cause("slow-dns", Visit().Lookup(Name, 1, 0, each, VisitScript.Server).Lookup(Name, 28, second, second + each, port: 40_100)));

    [Theory]
    [InlineData(249, null)]
    [InlineData(250, "192.0.2.53 did not answer for one.example, 192.0.2.54 was queried 250 ms later")]
    public void A_resolver_that_is_asked_250_ms_later_was_asked_in_place_of_the_first(int later, string? cause) =>
        Assert.Equal(cause, Cause("dns-retried", Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, later, later + 10, VisitScript.Server, port: 40_100, resolver: Second)));

    [Fact]
    public void An_answer_for_each_question_shows_that_none_was_lost()
    {
        var lost = Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, 300, 310, VisitScript.Server);
        Assert.Equal("192.0.2.53 was queried 2 times for one.example, a delay of 300 ms", Cause("dns-retried", lost));
        var slow = Visit().Lookup(Name, 1, 0, null).Lookup(Name, 1, 300, 310, VisitScript.Server).Answer(Name, 1, 320, VisitScript.Server);
        Assert.Null(Cause("dns-retried", slow));
    }

    [Fact]
    public void A_question_that_was_asked_once_more_over_TCP_was_not_repeated() =>
        Assert.DoesNotContain(Sample.Read("dns-tcp-fallback").SelectMany(c => c.Findings), f => f.Code == "dns-retried");

    /// <summary>The answer for another type does not stand in for the one that is missing.</summary>
    [Fact]
    public void A_type_that_nobody_answered_is_not_answered_by_another_type() =>
        Assert.Null(Cause("dns-retried", Visit().Lookup(Name, 28, 0, null).Lookup(Name, 1, 400, 410, VisitScript.Server, port: 40_100)));

    [Fact]
    public void A_query_that_came_before_is_no_repetition_of_a_later_one() =>
        Assert.Null(Cause("dns-retried", Visit().Lookup(Name, 1, 0, 10, VisitScript.Server).Lookup(Name, 1, 400, null, port: 40_100, resolver: Second)));

    [Fact]
    public void Of_many_unanswered_queries_the_first_eight_are_shown()
    {
        var script = new VisitScript();
        for (var i = 0; i < 10; i++) script.Lookup(Name, 1, i * 1000, null);
        script.Lookup("later.example", 1, 60_000, 60_010, rcode: 3, port: 41_000);
        var finding = Findings(script.ToPcap()).Single(f => f.Code == "dns-no-answer");
        Assert.Equal("192.0.2.53 answered none of 10 queries for one.example", finding.Cause);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], finding.Frames);
        Assert.Equal(10, finding.At!.Last.Frame);
    }

    [Fact]
    public void Of_a_query_that_was_often_repeated_the_first_eight_and_the_answer_are_shown()
    {
        var script = new VisitScript().Connect(50_001, 20_000, 20_030, VisitScript.Hello(Name));
        for (var i = 0; i < 10; i++) script.Lookup(Name, 1, i * 1000, null);
        var finding = Findings(script.Answer(Name, 1, 9500, VisitScript.Server).ToPcap()).Single(f => f.Code == "dns-retried");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 11], finding.Frames);
    }

    [Theory]
    [InlineData(2, 0, "The resolver returned SERVFAIL", "its upstream servers failed")]
    [InlineData(5, 0, "The resolver returned REFUSED", "it does not serve this client or name")]
    [InlineData(2, 9, "The resolver returned SERVFAIL", "9 DNSKEY Missing")]
    [InlineData(5, 20, "The resolver returned REFUSED", "20 Not Authoritative")]
    public void Why_a_resolver_failed_is_in_its_own_words_where_it_gives_any(int rcode, int extended, string title, string why)
    {
        var answer = DnsMessageBuilder.Response(40_001, Name, 1, rcode: rcode);
        if (extended > 0) answer.Opt(1232, 0, DnsMessageBuilder.Parameter(15, 0, (byte)extended));
        var finding = Findings(new VisitScript().Lookup(Name, 1, 0, null).Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40000", answer, 10).ToPcap()).Single();
        Assert.Equal(("dns-server-failure", title, $"192.0.2.53 could not resolve one.example: {why}"), (finding.Code, finding.Title, finding.Cause));
    }

    private static VisitScript Visit() => new VisitScript().Connect(50_001, 1000, 1030, VisitScript.Hello(Name));

    /// <summary>A name that takes 600 ms, then a connection whose round trip takes the given time.</summary>
    private static byte[] TcpFrames(int way)
    {
        string client = $"{VisitScript.Client}:50001", server = $"{VisitScript.Server}:443";
        var start = new Timestamp(1_700_000_000L * Timestamp.PerSecond);
        return CaptureFileBuilder.Pcap(nanoseconds: true)
            .Frame(start, PacketBuilder.Udp($"{VisitScript.Client}:40000", $"{VisitScript.Resolver}:53", DnsMessageBuilder.Query(7, Name, 1).Build()))
            .Frame(start + Ms(600), PacketBuilder.Udp($"{VisitScript.Resolver}:53", $"{VisitScript.Client}:40000", DnsMessageBuilder.Response(7, Name, 1).Address(Name, VisitScript.Server).Build()))
            .Frame(start + Ms(700), PacketBuilder.Tcp(client, server, 100, 0, TcpFlags.Syn))
            .Frame(start + Ms(700 + way), PacketBuilder.Tcp(server, client, 500, 101, TcpFlags.Syn | TcpFlags.Ack))
            .Frame(start + Ms(700 + way), PacketBuilder.Tcp(client, server, 101, 501, TcpFlags.Ack))
            .Frame(start + Ms(701 + way), PacketBuilder.Tcp(client, server, 101, 501, TcpFlags.Ack, VisitScript.Hello(Name)))
            .ToArray();
    }

    private static Duration Ms(int milliseconds) => Duration.FromMilliseconds(milliseconds);

    private static string? Cause(string code, VisitScript script) => Findings(script.ToPcap()).SingleOrDefault(f => f.Code == code)?.Cause;

    private static List<Finding> Findings(byte[] capture) => [.. Reading.Of(capture).Connections.SelectMany(c => c.Findings)];
}
