using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using static HandshakeToMermaid.Tests.Protocols.Dns.DnsMessageBuilder;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class DnsObserverTests
{
    private readonly LookupRecorder recorder = new();

    [Fact]
    public void A_question_and_its_answer_are_a_look_up()
    {
        recorder.Udp(Client, Resolver, Query(1, "WWW.example.com", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "WWW.example.com", 1).Alias("www.example.com", "e.example.net").Address("e.example.net", "203.0.113.55").Build(), 17.9);

        var query = Assert.Single(recorder.Queries);
        Assert.Equal("WWW.example.com", query.Name);
        Assert.Equal("A", query.Type);
        Assert.Equal("udp", query.Transport);
        Assert.Equal("NOERROR", query.Rcode);
        Assert.Equal(["CNAME e.example.net", "203.0.113.55"], query.Answers);
        Assert.Equal("203.0.113.55", query.Addresses.Single().ToString());
        Assert.Equal((1, 2), (query.Questions.Single().Frame, query.Answer.Frame));
        Assert.Equal(17.9, query.Duration!.Value.Milliseconds, 3);
        Assert.Equal("test.pcap", query.Capture);
    }

    [Fact]
    public void Questions_sent_together_are_told_apart_by_type_whatever_the_order_of_the_answers()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Client, Resolver, Query(1, "a.example", 28).Build(), 0.1);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 28).Build(), 5);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), 6);

        Assert.Equal(["AAAA", "A"], recorder.Queries.Select(l => l.Type));
        Assert.Empty(recorder.Queries[0].Addresses);
        Assert.Single(recorder.Queries[1].Addresses);
    }

    [Theory]
    [InlineData(1, "192.0.2.7:40000")]
    [InlineData(2, "192.0.2.7:40000")]
    [InlineData(2, "192.0.2.7:40001")]
    public void A_question_asked_again_is_the_same_look_up(int id, string client)
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(client, Resolver, Query((ushort)id, "A.EXAMPLE", 1).Build(), 1000);
        recorder.Udp(Resolver, client, Response((ushort)id, "A.EXAMPLE", 1).Address("a.example", "192.0.2.1").Build(), 1010);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), 1020);
        recorder.Observer.Finish();

        var query = Assert.Single(recorder.Queries);
        Assert.Equal(1, query.Retries);
        Assert.Equal(3, query.Answer.Frame);
    }

    [Fact]
    public void Another_resolver_is_another_look_up()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Client, "192.0.2.54:53", Query(1, "a.example", 1).Build(), 5000);
        recorder.Udp("192.0.2.54:53", Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), 5010);
        recorder.Observer.Finish();

        Assert.Equal([true, false], recorder.Queries.Select(l => l.Answer.IsSet));
        Assert.Equal("192.0.2.53:53", recorder.Queries[1].Resolver.ToString());
    }

    [Fact]
    public void The_same_question_after_the_answer_is_a_new_look_up()
    {
        for (var i = 0; i < 2; i++)
        {
            recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), i * 1000);
            recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Build(), i * 1000 + 10);
        }

        recorder.Observer.Finish();
        Assert.Equal([2, 4], recorder.Queries.Select(l => (int)l.Answer.Frame));
    }

    [Fact]
    public void An_answer_with_another_id_is_not_the_answer()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(2, "a.example", 1).Address("a.example", "198.51.100.66").Build(), 1);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), 2);

        Assert.Equal(2, recorder.Queries.Count);
        Assert.Equal(["192.0.2.1"], recorder.Queries.Single(l => l.Questions.Count == 1).Answers);
    }

    [Fact]
    public void An_answer_whose_question_was_never_seen_is_learned_from()
    {
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), 0);

        var query = Assert.Single(recorder.Queries);
        Assert.Empty(query.Questions);
        Assert.Null(query.Duration);
        Assert.Equal(Client, query.Client.ToString());
        Assert.Single(query.Addresses);
    }

    [Theory]
    [InlineData(29_999, 0)]
    [InlineData(30_000, 0)]
    [InlineData(30_001, 1)]
    public void A_question_is_given_up_by_capture_time(double now, int given)
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Observer.Advance(LookupRecorder.At(now));

        Assert.Equal(given, recorder.Queries.Count);
        Assert.All(recorder.Queries, l => Assert.True(l.IsFailure && l.Rcode is null && !l.Answer.IsSet));
    }

    [Theory]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void An_answer_that_comes_after_its_question_expired_is_one_without_a_question(double at, bool isAnswered)
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Build(), at);

        Assert.Equal(isAnswered ? 1 : 2, recorder.Queries.Count);
        Assert.Equal(isAnswered, recorder.Queries[0].Answer.IsSet);
        Assert.Equal(isAnswered ? 1 : 0, recorder.Queries[^1].Questions.Count);
    }

    [Fact]
    public void Only_so_many_questions_wait()
    {
        var small = new LookupRecorder(new AnalyzerLimits { OpenQueries = 3 });
        for (var i = 1; i <= 3; i++) small.Udp(Client, Resolver, Query((ushort)i, $"n{i}.example", 1).Build(), i);
        Assert.Empty(small.Queries);
        small.Udp(Client, Resolver, Query(4, "n4.example", 1).Build(), 4);

        Assert.Equal("n1.example", Assert.Single(small.Queries).Name);
        Assert.Equal(3, small.Observer.Open);
    }

    [Fact]
    public void A_question_repeated_without_end_does_not_grow_without_end()
    {
        for (var i = 0; i < 200; i++) recorder.Udp(Client, Resolver, Query((ushort)i, "a.example", 1).Build(), i);
        recorder.Observer.Finish();

        var query = Assert.Single(recorder.Queries);
        Assert.Equal(AnalyzerLimits.Default.EventsPerFlow, query.Questions.Count);
        Assert.Equal(UnparsedReason.Cap, query.Unparsed.Single().What);
    }

    [Fact]
    public void A_truncated_answer_goes_on_over_TCP()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 16).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 16).Truncated().Build(), 10);
        recorder.Tcp("192.0.2.7:50000", Resolver, Query(9, "a.example", 16).Build(), 30);
        recorder.Tcp(Resolver, "192.0.2.7:50000", Response(9, "a.example", 16).Answer("a.example", 16, [1, (byte)'x']).Build(), 40);
        recorder.Observer.Finish();

        var query = Assert.Single(recorder.Queries);
        Assert.Equal("tcp", query.Transport);
        Assert.Equal([1L, 3L], query.Questions.Select(q => q.Frame));
        Assert.Equal((2, 4), (query.Truncated.Frame, query.Answer.Frame));
        Assert.Equal(["TXT \"x\""], query.Answers);
    }

    [Fact]
    public void A_truncated_answer_that_satisfies_the_client_is_the_answer()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Truncated().Build(), 10);
        recorder.Observer.Finish();

        var query = Assert.Single(recorder.Queries);
        Assert.Equal(2, query.Answer.Frame);
        Assert.Single(query.Addresses);
        Assert.False(query.Truncated.IsSet);
    }

    [Fact]
    public void A_truncated_answer_whose_retry_over_TCP_stays_silent_is_no_answer()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Truncated().Build(), 10);
        recorder.Tcp("192.0.2.7:50000", Resolver, Query(9, "a.example", 1).Build(), 30);
        recorder.Observer.Finish();

        var query = Assert.Single(recorder.Queries);
        Assert.False(query.Answer.IsSet);
        Assert.Equal(2, query.Truncated.Frame);
        Assert.Empty(query.Addresses);
    }

    [Fact]
    public void A_multicast_answer_is_matched_by_name_and_type()
    {
        recorder.Udp("192.0.2.7:5353", "224.0.0.251:5353", Query(0, "printer.local", 1).Build(), 0);
        recorder.Udp("192.0.2.9:5353", "224.0.0.251:5353", Announcement().Address("Printer.local", "192.0.2.9").Address("other.local", "192.0.2.10").Build(), 3);
        recorder.Observer.Finish();

        Assert.Equal(2, recorder.Queries.Count);
        var asked = recorder.Queries.Single(l => l.Questions.Count == 1);
        Assert.Equal(["192.0.2.9"], asked.Answers);
        Assert.Equal("224.0.0.251:5353", asked.Resolver.ToString());
        Assert.Equal("other.local", recorder.Queries.Single(l => l.Questions.Count == 0).Name);
    }

    [Fact]
    public void A_link_local_answer_comes_from_somebody_else_than_was_asked()
    {
        recorder.Udp("[fe80::7]:60000", "[ff02::1:3]:5355", Query(5, "nas", 28).Build(), 0);
        recorder.Udp("[fe80::9]:5355", "[fe80::7]:60000", Response(5, "nas", 28).Address("nas", "fe80::9").Build(), 2);

        var query = Assert.Single(recorder.Queries);
        Assert.Single(query.Questions);
        Assert.Equal(["fe80::9"], query.Answers);
    }

    [Fact]
    public void Why_a_resolver_failed_is_kept()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Response(1, "a.example", 1, rcode: 2).Opt(1232, 0, [0, 15, 0, 2, 0, 6]).Build(), 1);

        Assert.Equal("SERVFAIL", recorder.Queries[0].Rcode);
        Assert.Equal(["6 DNSSEC Bogus"], recorder.Queries[0].ExtendedErrors);
    }

    [Fact]
    public void A_refusal_that_does_not_repeat_the_question_is_its_answer()
    {
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, Refusal(2, 1).Build(), 1);
        Assert.Empty(recorder.Queries);
        recorder.Udp(Resolver, Client, Refusal(1, 1).Build(), 2);

        Assert.Equal("FORMERR", Assert.Single(recorder.Queries).Rcode);
    }

    [Fact]
    public void What_could_not_be_read_of_an_answer_is_said()
    {
        var answer = Response(1, "a.example", 1).Address("a.example", "192.0.2.1").Address("a.example", "192.0.2.2").Build();
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 0);
        recorder.Udp(Resolver, Client, answer[..^3], 1, wireLength: answer.Length);
        recorder.Udp(Client, Resolver, Query(1, "a.example", 1).Build(), 2);
        recorder.Udp(Resolver, Client, answer[..^3], 3);

        Assert.Equal([UnparsedReason.CutPacket, UnparsedReason.Fault], recorder.Queries.Select(l => l.Unparsed.Single().What));
        Assert.All(recorder.Queries, l => Assert.Equal(["192.0.2.1"], l.Answers));
    }

    [Fact]
    public void What_is_no_look_up_makes_none()
    {
        Assert.False(recorder.Udp(Client, "192.0.2.53:443", Query(1, "a.example", 1).Build(), 0));
        Assert.False(recorder.Udp(Client, Resolver, [1, 2, 3], 0));
        Assert.False(recorder.Udp(Client, Resolver, "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), 0));
        Assert.True(recorder.Udp(Client, Resolver, Query(1, "a.example", 6).Opcode(4).Build(), 0));
        recorder.Observer.Finish();

        Assert.Empty(recorder.Queries);
    }

    [Fact]
    public void Reordered_and_doubled_packets_tell_the_same_look_ups()
    {
        var random = new Random(53);
        for (var round = 0; round < 50; round++)
        {
            var shuffled = new LookupRecorder();
            var ids = Enumerable.Range(1, 20).OrderBy(_ => random.Next()).ToArray();
            foreach (var id in ids)
                for (var n = random.Next(1, 3); n > 0; n--) shuffled.Udp(Client, Resolver, Query((ushort)id, $"n{id}.example", 1).Build(), 0);
            foreach (var id in ids.OrderBy(_ => random.Next()))
                for (var n = random.Next(1, 3); n > 0; n--) shuffled.Udp(Resolver, Client, Response((ushort)id, $"n{id}.example", 1).Address($"n{id}.example", $"192.0.2.{id}").Build(), 5);
            shuffled.Observer.Finish();

            Assert.Equal(
                Enumerable.Range(1, 20).Select(id => $"n{id}.example 192.0.2.{id}").Order(),
                shuffled.Queries.Select(l => $"{l.Name} {string.Join(' ', l.Answers)}").Order());
        }
    }

    [Fact]
    public void Random_datagrams_never_throw()
    {
        var random = new Random(5353);
        var small = new LookupRecorder(new AnalyzerLimits { OpenQueries = 50 });
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = DnsMessageTests.Rich();
            for (var n = random.Next(0, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var port = new[] { 53, 5353, 5355 }[i % 3];
            var to = i % 2 == 0 ? "224.0.0.251" : "192.0.2.53";
            if (random.Next(2) == 0) small.Udp($"192.0.2.7:{port}", $"{to}:{port}", bytes, i);
            else small.Udp($"{to}:{port}", $"192.0.2.7:{port}", bytes, i);
            Assert.True(small.Observer.Open <= 50);
        }

        small.Observer.Finish();
        Assert.Equal(0, small.Observer.Open);
    }

    private const string Client = "192.0.2.7:40000";
    private const string Resolver = "192.0.2.53:53";
}
