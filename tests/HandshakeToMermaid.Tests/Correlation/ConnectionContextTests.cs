using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.VisitScript;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Whole captures: which look-ups, names and findings connections get.</summary>
public sealed class ConnectionContextTests
{
    private const string Shop = "shop.example.com";

    [Fact]
    public void A_later_look_up_of_the_same_name_leaves_the_earlier_connection_its_own()
    {
        var read = Read(new VisitScript().Resolve(Shop, 0, 5).Connect(50001, 5.1, 2000, Hello(Shop))
            .Resolve(Shop, 1000, 1005, port: 40001).Connect(50002, 1005.1, 2000, Hello(Shop)));

        Assert.Equal(["1 2", "9 10"], read.Select(c => string.Join(' ', c.Connection.Queries.Select(l => l.Questions[0].Frame))));
    }

    [Fact]
    public void The_connection_that_began_first_has_the_look_up_also_where_another_ends_first()
    {
        var read = Read(new VisitScript().Resolve(Shop, 0, 5).Connect(50001, 5.1, 9000, Hello(Shop)).Connect(50002, 1000, 1100, Hello(Shop)));

        Assert.Equal([2, 0], read.Select(c => c.Connection.Queries.Count));
        Assert.All(read, c => Assert.Equal(Shop, c.Connection.Server.Name));
    }

    [Fact]
    public void Look_ups_of_others_change_nothing()
    {
        VisitScript Quiet() => new VisitScript().Resolve(Shop, 0, 5).Connect(50001, 5.1, 2000, Hello(Shop));
        var alone = Read(Quiet())[0].Connection;
        var crowd = Quiet();
        for (var i = 0; i < 40; i++) crowd.Resolve($"other{i}.example.com", 1 + (i * 0.05), 4 + (i * 0.1), port: 41000 + i).Resolve(Shop, 2 + (i * 50), 4.9 + (i * 50), client: "192.0.2.99", port: 42000 + i);
        var amid = Read(crowd)[0].Connection;

        Assert.Equal(alone.Queries.Select(l => (l.Name, l.Type, l.Duration)), amid.Queries.Select(l => (l.Name, l.Type, l.Duration)));
        Assert.Equal(alone.Server, amid.Server);
    }

    [Fact]
    public void A_name_that_nobody_asked_for_is_not_given()
    {
        var read = Read(new VisitScript().Resolve(Shop, 0, 5).Resolve("old.example.com", 1, 6, port: 40001)
            .Connect(50001, 6.1, 100, "GET / HTTP/1.1\r\nHost: shop.example.com:443\r\n\r\n"u8.ToArray()).Connect(50002, 6.2, 100, "\0\0\0"u8.ToArray()).Connect(50003, 6.3, 100, Hello("old.example.com")));

        Assert.Equal(["old.example.com", Shop], read.Select(c => c.Connection.Server.Name).Where(n => n is not null).Order());
        Assert.Null(read.Single(c => c.Connection.Client.Endpoint!.Value.Port == 50002).Connection.Server.Name);
        Assert.Equal(Shop, read.Single(c => c.Connection.Client.Endpoint!.Value.Port == 50001).Connection.Server.Name);
    }

    [Fact]
    public void A_proxy_is_not_called_by_the_name_of_what_is_asked_of_it()
    {
        var request = "GET http://shop.example.com/ HTTP/1.1\r\nHost: shop.example.com\r\n\r\n"u8.ToArray();
        var connection = Assert.Single(Read(new VisitScript().Resolve("proxy.example.net", 0, 5).Connect(50001, 6, 100, request))).Connection;
        Assert.Equal("proxy.example.net", connection.Server.Name);
        Assert.NotEmpty(connection.Queries);
    }

    [Fact]
    public void A_name_that_the_user_gives_is_drawn_whatever_the_client_asked_for()
    {
        var options = new AnalyzerOptions { Names = new Dictionary<IpAddress, string> { [IpAddress.Parse(Server)!.Value] = "my proxy" } };
        Assert.Equal("my proxy", Read(new VisitScript().Resolve(Shop, 0, 5).Connect(50001, 5.1, 100, Hello(Shop)), options)[0].Connection.Server.Name);
    }

    [Fact]
    public void A_silent_resolver_and_the_one_that_answers_are_one_look_up_also_where_the_connection_ends_before_the_first_is_given_up()
    {
        var script = new VisitScript().Lookup(Shop, 1, 0, null, resolver: "192.0.2.99").Lookup(Shop, 1, 2000, 2025, Server).Connect(50001, 2025.1, 2100, Hello(Shop));
        for (var i = 0; i < 50; i++) script.Resolve($"later{i}.example.com", 3000 + (i * 1000), 3001 + (i * 1000), "198.51.100.1", 41000 + i);
        var only = Assert.Single(Read(script));

        Assert.Equal(["192.0.2.99", "192.0.2.53"], only.Connection.Queries.Select(l => l.Resolver.Address.ToString()));
        Assert.Equal(2025, only.Connection.Timing.Dns!.Value.Milliseconds, 1);
        var retried = Assert.Single(only.Findings, f => f.Code == "dns-retried");
        Assert.Contains("192.0.2.99 did not answer", retried.Cause);
        Assert.Equal(["> A query x", "> A query", "< A 203.0.113.55"], Drawn(only));
    }

    [Fact]
    public void The_names_of_a_search_list_are_one_look_up()
    {
        var only = Assert.Single(Read(new VisitScript().Lookup("shop.example.com.corp.test", 1, 0, 10, rcode: 3).Lookup("shop.example.com.lab.test", 1, 10.1, 20, rcode: 5, port: 40001)
            .Lookup(Shop, 1, 20.1, 30, Server, port: 40002).Connect(50001, 30.1, 100, Hello(Shop))));

        Assert.Equal(["> A query", "< NXDOMAIN", "> A query", "< REFUSED", "> A query", "< A 203.0.113.55"], Drawn(only));
        Assert.Equal(Shop, only.Connection.Server.Name);
        Assert.DoesNotContain(only.Findings, f => f.Code is "name-does-not-exist" or "dns-server-failure");
    }

    [Fact]
    public void A_search_list_that_leads_nowhere_is_one_failure_of_the_name_that_was_asked_for()
    {
        var only = Assert.Single(Read(new VisitScript().Lookup("shop.ns.svc.cluster.local", 1, 0, 10, rcode: 3).Lookup("shop.svc.cluster.local", 1, 10.1, 20, rcode: 3).Lookup("shop", 1, 20.1, 30, rcode: 3)));

        Assert.Equal("shop", only.Connection.Server.Name);
        Assert.Equal(OutcomeClass.DnsError, only.Connection.Outcome.Class);
        Assert.Contains("NXDOMAIN for shop", only.Findings[0].Cause);
    }

    [Fact]
    public void Connections_without_a_name_to_an_address_of_one_name_are_called_by_it()
    {
        Assert.Equal(Shop, Read(new VisitScript().Resolve(Shop, 0, 5).Connect(50001, 5.1, 100, "\0\0\0"u8.ToArray()))[0].Connection.Server.Name);
    }

    [Fact]
    public void Names_that_only_begin_alike_are_no_search_list()
    {
        var read = Read(new VisitScript().Lookup("www.example.com", 1, 0, 10, rcode: 3).Lookup("www.example.net", 1, 10.1, 20, rcode: 3));
        Assert.Equal(["www.example.com", "www.example.net"], read.Select(c => c.Connection.Server.Name));
    }

    [Fact]
    public void A_truncated_answer_and_both_questions_again_over_TCP_are_one_look_up()
    {
        var recorder = new VisitScript().Lookup(Shop, 1, 0, null).Lookup(Shop, 28, 0.1, 5);
        recorder.Udp($"{Resolver}:53", $"{Client}:40000", Protocols.Dns.DnsMessageBuilder.Response(40001, Shop, 1).Truncated(), 5.1);
        var questions = TlsBytes.Join(Framed(Protocols.Dns.DnsMessageBuilder.Query(7, Shop, 1)), Framed(Protocols.Dns.DnsMessageBuilder.Query(8, Shop, 28)));
        var answers = TlsBytes.Join(Framed(Protocols.Dns.DnsMessageBuilder.Response(7, Shop, 1).Address(Shop, Server)), Framed(Protocols.Dns.DnsMessageBuilder.Response(8, Shop, 28)));
        recorder.Exchange(40100, 6, 20, questions, answers, Resolver, 53).Connect(50001, 21, 100, Hello(Shop));
        var only = Assert.Single(Read(recorder));

        Assert.Equal(["> A, AAAA query", "< no AAAA record", "< A answer truncated", "> A, AAAA query over TCP", "< A 203.0.113.55", "< no AAAA record"], Drawn(only));
    }

    [Fact]
    public void A_question_before_the_capture_is_said_to_be_missing()
    {
        var only = Assert.Single(Read(new VisitScript().Answer(Shop, 1, 0, rcode: 3).Lookup(Shop, 28, 1, null)));

        Assert.Equal(OutcomeClass.DnsError, only.Connection.Outcome.Class);
        Assert.Equal(["< NXDOMAIN", "> AAAA query x"], Drawn(only));
        Assert.Contains(only.Connection.Unparsed, u => u is { What: UnparsedReason.JoinedMidway, Frames: [1] });
    }

    [Fact]
    public void A_name_that_fails_is_shown_although_its_first_query_was_for_a_record_that_nobody_needs_to_connect()
    {
        var only = Assert.Single(Read(new VisitScript().Lookup(Shop, 15, 0, 5, rcode: 3).Lookup(Shop, 1, 6, 10, rcode: 3)));

        Assert.Equal(OutcomeClass.DnsError, only.Connection.Outcome.Class);
        Assert.Contains(only.Findings, f => f.Code == "name-does-not-exist");
    }

    [Fact]
    public void A_record_that_nobody_needs_to_connect_is_no_failure()
    {
        var read = Read(new VisitScript().Lookup("_8443._https.shop.example.com", 65, 0, 5, rcode: 3).Lookup(Shop, 1, 0.1, 5, Server, port: 40001).Lookup(Shop, 28, 0.2, 5, rcode: 3, port: 40001)
            .Connect(50001, 5.1, 100, Hello(Shop)).Lookup("_8443._https.other.example.com", 65, 200, 205, rcode: 3, port: 40002));

        var only = Assert.Single(read);
        Assert.Equal(3, only.Connection.Queries.Count);
        Assert.Contains("< NXDOMAIN (AAAA)", Drawn(only));
    }

    [Fact]
    public void The_same_datagram_captured_on_two_interfaces_is_one_question()
    {
        var only = Assert.Single(Read(new VisitScript().Lookup(Shop, 1, 0, null).Lookup(Shop, 1, 0.02, null).Answer(Shop, 1, 20, Server).Answer(Shop, 1, 20.02, Server).Connect(50001, 21, 100, Hello(Shop))));
        Assert.Equal(0, Assert.Single(only.Connection.Queries).Retries);
        Assert.DoesNotContain(only.Findings, f => f.Code == "dns-retried");
    }

    [Fact]
    public void Another_program_that_asks_the_same_repeats_nothing()
    {
        var read = Read(new VisitScript().Lookup(Shop, 1, 0, 25, Server).Lookup(Shop, 1, 10, 35, Server, port: 40001).Connect(50001, 25.1, 100, Hello(Shop)).Connect(50002, 35.1, 100, Hello(Shop)));
        Assert.All(read, c => Assert.Equal(0, Assert.Single(c.Connection.Queries).Retries));
        Assert.All(read, c => Assert.DoesNotContain(c.Findings, f => f.Code == "dns-retried"));
    }

    [Fact]
    public void A_question_that_was_answered_each_time_was_not_lost()
    {
        var only = Assert.Single(Read(new VisitScript().Lookup(Shop, 1, 0, null).Lookup(Shop, 1, 400, null).Answer(Shop, 1, 500, Server).Answer(Shop, 1, 600, Server).Connect(50001, 700, 900, Hello(Shop))));
        Assert.Equal(1, only.Connection.Queries[0].Retries);
        Assert.DoesNotContain(only.Findings, f => f.Code == "dns-retried");
    }

    [Fact]
    public void What_is_refused_again_and_again_is_drawn_once_with_its_number()
    {
        var script = new VisitScript();
        for (var i = 0; i < 18; i++) script.Lookup(Shop, 1, i * 20, (i * 20) + 5, rcode: 5).Lookup(Shop, 28, (i * 20) + 1, (i * 20) + 6, rcode: 5);
        Assert.Equal(["> A, AAAA query x 36", "< REFUSED x 36"], Drawn(Assert.Single(Read(script))));
    }

    [Theory]
    [InlineData(false, "Grease")]
    [InlineData(true, "Offered")]
    public void An_encrypted_hello_to_a_server_without_keys_for_it_is_grease(bool hasKeys, string state)
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13(Shop, TlsBytes.Extension(0xFE0D, [0, 0, 1, 0, 1, 5, 0, 32], TlsBytes.Fill(32), [0, 32], TlsBytes.Fill(32))));
        byte[] record = hasKeys ? [0, 1, 0, 0, 5, 0, 2, 1, 1] : [0, 1, 0, 0, 1, 0, 3, 2, (byte)'h', (byte)'2'];
        var script = new VisitScript().Lookup(Shop, 1, 0, 5, Server).Lookup(Shop, 65, 0.1, null)
            .Udp($"{Resolver}:53", $"{Client}:40000", Protocols.Dns.DnsMessageBuilder.Response(40065, Shop, 65).Answer(Shop, 65, record), 5).Connect(50001, 6, 100, hello);

        Assert.Equal(state, Read(script)[0].Connection.FactsOf<HandshakeToMermaid.Protocols.Tls.Facts.TlsFacts>()!.Ech.ToString());
    }

    private static byte[] Framed(Protocols.Dns.DnsMessageBuilder message) => TlsBytes.Vector16(message.Build());

    private static List<DiagnosedConnection> Read(VisitScript script, AnalyzerOptions? options = null) => Reading.Of(script.ToPcap(), options).Connections;

    private static IEnumerable<string> Drawn(DiagnosedConnection connection) => connection.Connection.Steps.OfType<DnsStep>()
        .Select(s => $"{(s.From == HandshakeToMermaid.Streams.Direction.Forward ? '>' : '<')} {s.Title}{(s.IsDeadEnd ? " x" : "")}");
}
