using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Cases.Everyday;

/// <summary>What a good drawing of each everyday capture must show, as its packets have it.</summary>
public sealed class EverydayDrawingTests
{
    [SkippableFact]
    public void The_FIN_that_came_with_the_clients_Finished_is_drawn_and_no_request_is()
    {
        var capture = EverydayCapture.Read("wget_expired");
        capture.Drawn.ShowsInOrder("C Finished", "C FIN", "S NewSessionTicket");
        capture.Drawn.Lacks("GET|Application data");
        Assert.Contains(capture.Connections[0].Connection.Steps, s => s is { Title: "FIN", First.Frame: 15 });
        Assert.Equal(("fin", "client"), End(capture));
    }

    [SkippableFact]
    public void A_request_and_its_answer_are_drawn() => EverydayCapture.Read("go_ok").Drawn.ShowsInOrder("C GET / HTTP/2", "S HTTP/2 200");

    [SkippableFact]
    public void The_client_of_a_silent_server_gives_up_after_three_seconds()
    {
        var capture = EverydayCapture.Read("go_silent");
        capture.Drawn.ShowsInOrder("C ClientHello", "C FIN · 3.0 s");
        capture.Drawn.Says(@"3\.0 s");
        Assert.Equal(("fin", "client"), End(capture));
    }

    [SkippableFact]
    public void A_first_connection_had_no_session_to_resume()
    {
        var capture = EverydayCapture.Read("go_nocert12");
        capture.Drawn.ShowsInOrder("C GET / HTTP/1.1", "S HTTP/1.1 400 Bad Request");
        capture.Drawn.Lacks("not resumed");
    }

    [SkippableFact]
    public void The_plain_answer_to_a_ClientHello_is_drawn() => EverydayCapture.Read("go_plain").Drawn.ShowsInOrder("C ClientHello", "S HTTP/1.1 400 Bad Request");

    [SkippableFact]
    public void An_encrypted_answer_of_the_client_holds_what_fits_its_length() => EverydayCapture.Read("java_nocert").Drawn.Lacks("C->>S: Encrypted: certificate, certificate verify");

    [SkippableFact]
    public void The_client_closes_before_it_resets_what_came_late()
    {
        var capture = EverydayCapture.Read("dn_ok");
        capture.Drawn.ShowsInOrder("C FIN");
        if (capture.Drawn.Arrows.Any(a => a.Label.Contains("RST", StringComparison.Ordinal))) capture.Drawn.ShowsInOrder("C FIN", "C RST");
        Assert.Equal(("fin", "client"), End(capture));
    }

    [SkippableFact]
    public void The_server_closes_before_the_client_resets()
    {
        var capture = EverydayCapture.Read("perl_ok");
        capture.Drawn.ShowsInOrder("S FIN");
        if (capture.Drawn.Arrows.Any(a => a.Label.Contains("RST", StringComparison.Ordinal))) capture.Drawn.ShowsInOrder("S FIN", "C RST");
        Assert.Equal("server", End(capture).By);
    }

    [SkippableFact]
    public void An_alert_of_the_clients_own_check_is_said_to_refuse_the_certificate()
    {
        var capture = EverydayCapture.Read("perl_wrong");
        capture.Drawn.Says("probably rejected the certificate");
    }

    [SkippableFact]
    public void A_server_that_closed_first_is_not_blamed_on_the_clients_alert_behind_it()
    {
        var capture = EverydayCapture.Read("perl_closes");
        capture.Drawn.ShowsInOrder("C ClientHello", "S FIN", "C Alert");
        Assert.Equal(OutcomeActor.Server, capture.Connections[0].Connection.Outcome.By);
    }

    [SkippableFact]
    public void An_alert_stands_before_the_FIN_of_its_packet() => EverydayCapture.Read("gnutls_wrong").Drawn.ShowsInOrder("C Alert", "C FIN");

    [SkippableFact]
    public void A_server_that_is_silent_to_an_SSLRequest_is_said_to_be()
    {
        var capture = EverydayCapture.Read("psql_silent");
        capture.Drawn.ShowsInOrder("C SSLRequest", "C FIN");
        Assert.Contains("SSLRequest", Lead(capture).Title + Lead(capture).Cause, StringComparison.Ordinal);
        capture.Drawn.Says(@"3\.0 s");
        capture.Drawn.Lacks("ClientHello");
    }

    [SkippableFact]
    public void No_ClientHello_is_spoken_of_where_the_SSLRequest_was_answered_by_a_close()
    {
        var capture = EverydayCapture.Read("psql_closes");
        capture.Drawn.ShowsInOrder("C SSLRequest", "S FIN");
        Assert.DoesNotContain("ClientHello", capture.Drawn.Text + capture.Json[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void PostgreSQL_without_TLS_is_drawn_with_the_servers_refusal()
    {
        var capture = EverydayCapture.Read("psql_nossl");
        Assert.Contains(capture.Drawn.Arrows, a => a.From == "S" && a.Label.Contains("28000", StringComparison.Ordinal));
        capture.Drawn.Says("never (asked for|requested) (it|SSL|TLS|encryption)");
    }

    [SkippableTheory]
    [InlineData("maria_silent")]
    [InlineData("swaks_silent")]
    public void A_client_that_waited_for_a_greeting_shows_how_long(string name)
    {
        var capture = EverydayCapture.Read(name);
        capture.Drawn.ShowsInOrder("C FIN");
        capture.Drawn.Says(name == "maria_silent" ? @"3\.(0|1) s" : @"(3|6)\.(0|1) s");
        capture.Drawn.Lacks("something else|ClientHello");
    }

    [SkippableFact]
    public void Plain_bytes_to_a_TLS_port_are_drawn_before_the_reset_that_they_got()
    {
        var drawn = EverydayCapture.Read("redis_plain").Drawn;
        drawn.ShowsInOrder("C Redis", "S RST");
        var reset = drawn.Arrows.ToList().FindIndex(a => a.From == "S" && a.Label.Contains("RST", StringComparison.Ordinal));
        Assert.Matches("PING|14 (B|bytes)", drawn.Arrows[reset - 1].Label);
        Assert.Equal("C", drawn.Arrows[reset - 1].From);
    }

    [SkippableFact]
    public void A_dummy_ChangeCipherSpec_is_no_round_trip() => EverydayCapture.Read("ldap_ok").Drawn.Says(@"TLS 1\.3 · [0-9.]+ ms · 1 round trip\b");

    [SkippableTheory]
    [InlineData("body30")]
    [InlineData("ff_ok")]
    public void A_download_of_whole_records_leaves_nothing_unread(string name)
    {
        var capture = EverydayCapture.Read(name);
        Assert.All(capture.Connections, c => Assert.Empty(c.Connection.Unparsed));
        capture.Drawn.Lacks("Not read");
    }

    [SkippableFact]
    public void Packets_that_overtook_each_other_are_drawn_in_the_order_of_the_stream()
    {
        var capture = EverydayCapture.Read("net_reorder");
        capture.Drawn.ShowsInOrder("C ClientHello", "S ServerHello", "S Certificate", "C Finished", "S NewSessionTicket");
        var times = capture.Opened[0].GetProperty("tls").GetProperty("messages").EnumerateArray().Where(m => m.GetProperty("from").GetString() == "server").Select(m => m.GetProperty("time_ms").GetDouble()).ToList();
        Assert.Equal(times.Order(), times);
    }

    [SkippableFact]
    public void A_slow_network_leads_where_look_up_and_TCP_are_equally_slow() => Assert.Equal("slow-network", Lead(EverydayCapture.Read("net_300ms")).Code);

    [SkippableFact]
    public void What_the_server_sent_and_never_came_is_counted()
    {
        var capture = EverydayCapture.Read("net_mtu576");
        capture.Drawn.Says("2,?246 bytes");
        Assert.Matches("2,?246 bytes", Lead(capture).Cause);
        capture.Drawn.Lacks("said nothing|not captured");
    }

    [SkippableTheory]
    [InlineData("net_mtu1400")]
    [InlineData("net_mtu1400_srv")]
    public void A_loss_on_the_path_is_drawn_as_one_from_either_end(string name)
    {
        var capture = EverydayCapture.Read(name);
        capture.Drawn.Says("1,?448 bytes");
        capture.Drawn.Says("(?i)lost|never (came|arrived)|not arrive|did not reach");
        capture.Drawn.Lacks("not captured|re(fus|ject)ed the certificate");
    }

    [SkippableFact]
    public void A_reset_that_something_on_the_path_injected_is_the_networks()
        => Assert.Equal((OutcomeClass.ResetByServer, OutcomeActor.Network), (Only("net_rstinject").Outcome.Class, Only("net_rstinject").Outcome.By));

    [SkippableFact]
    public void An_attempt_over_IPv6_ends_at_the_IPv6_address()
    {
        var drawn = EverydayCapture.Read("net_dual_dead6").Drawn;
        var attempt = drawn.Arrows.First(a => a is { IsCrossed: true, From: "C" });
        Assert.NotEqual("S", attempt.To);
        drawn.Says($@"participant {attempt.To} as .*2001:db8:9::dead");
    }

    [SkippableFact]
    public void A_client_that_left_before_the_ServerHello_did_not_judge_it()
    {
        var capture = EverydayCapture.Read("late_server");
        capture.Drawn.ShowsInOrder("C ClientHello", "C FIN", "S ServerHello");
        Assert.All(capture.Connections[0].Findings, f => Assert.DoesNotContain("certificate", f.Title + f.Cause, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("dns_tcp_wget", "R A 10.9.0.", "C ClientHello")]
    [InlineData("dns_first_dead", "C A, AAAA query", "R A 10.9.0.10", "C ClientHello")]
    [InlineData("dns_search", "R NXDOMAIN", "R A 10.9.0.10", "C ClientHello")]
    public void The_steps_of_one_resolution_belong_to_the_visit_that_they_led_to(string name, params string[] steps)
    {
        var capture = EverydayCapture.Read(name);
        var visit = Assert.Single(capture.Connections);
        Assert.False(visit.IsFailed);
        capture.Drawn.ShowsInOrder(steps);
        capture.Drawn.Lacks("failed");
    }

    [SkippableFact]
    public void The_two_seconds_that_a_dead_resolver_cost_are_in_the_time_of_the_look_up()
    {
        var capture = EverydayCapture.Read("dns_first_dead");
        Assert.InRange(capture.Json[0].GetProperty("timing").GetProperty("dns_ms").GetDouble(), 2000, 2100);
        capture.Drawn.Says(@"DNS · 2\.0 s");
    }

    [SkippableFact]
    public void An_alias_without_an_AAAA_record_is_said_to_have_none() => EverydayCapture.Read("dns_cname").Drawn.ShowsInOrder("R no AAAA record");

    [SkippableFact]
    public void A_packet_that_a_router_shows_twice_is_drawn_once()
    {
        var capture = EverydayCapture.Read("view_any");
        capture.Drawn.Lacks("again|retry|Retransmission|retransmitted|repeated");
        var arrows = capture.Drawn.Arrows.Select(a => a.ToString()).ToList();
        Assert.Equal(arrows.Distinct(), arrows);
        Assert.All(capture.Json[0].GetProperty("dns").EnumerateArray(), d => Assert.Equal(0, d.GetProperty("retries").GetInt32()));
        Assert.Equal(0, capture.Json[0].GetProperty("tcp").GetProperty("retransmissions").GetProperty("client").GetInt32());
    }

    [SkippableFact]
    public void A_short_snap_length_is_said_once() => Assert.Equal(1, EverydayCapture.Read("snap96").Drawn.Text.Split("Not read:").Length - 1);

    [SkippableFact]
    public void Early_data_is_drawn_once_and_before_the_Finished_of_the_client()
    {
        var drawn = DrawnDiagram.Of([EverydayCapture.Read("res_0rtt").Connections[1]]);
        var arrows = drawn.Arrows.ToList();
        var finished = arrows.FindIndex(a => a.From == "C" && a.Label.Contains("Finished", StringComparison.Ordinal));
        Assert.DoesNotContain(arrows.Skip(finished), a => a.From == "C" && a.Label.Contains("GET", StringComparison.Ordinal));
        Assert.Single(arrows, a => a.From == "C" && (a.Label.Contains("GET", StringComparison.Ordinal) || a.Label.Contains("Early data", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void An_open_port_that_a_scanner_found_did_not_fail()
    {
        var open = EverydayCapture.Read("scan_nmap").Connections.Where(c => c.Connection.Outcome.Class != OutcomeClass.TcpRefused).ToList();
        Assert.Equal(6, open.Count);
        Assert.All(open, c => Assert.False(c.IsFailed));
    }

    [SkippableFact]
    public void Nothing_is_said_of_plain_text_where_the_capture_begins_within_TLS()
    {
        var capture = EverydayCapture.Read("mid_start");
        capture.Drawn.Lacks("(?i)plain|something (else|other)|failed");
        Assert.Empty(capture.Connections[0].Findings);
    }

    private static HandshakeToMermaid.Correlation.Connection Only(string name) => Assert.Single(EverydayCapture.Read(name).Connections).Connection;

    private static Finding Lead(EverydayCapture capture) => capture.Connections[^1].Findings[0];

    private static (string? How, string? By) End(EverydayCapture capture)
    {
        JsonElement tcp = capture.Opened[^1].GetProperty("tcp");
        return (tcp.GetProperty("end").GetString(), tcp.GetProperty("ended_by").GetString());
    }
}
