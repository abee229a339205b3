using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tcp;

public sealed class TcpFactsTests
{
    [Fact]
    public void A_visit_reads_from_SYN_to_FIN()
    {
        var facts = Read(Handshake + "C 'hello'; S 'world'; C FIN; S FIN; C ACK");
        Assert.Equal("SYN, SYN-ACK, ACK, FIN, FIN", Titles(facts));
        Assert.Equal([Phase.Tcp, Phase.Tcp, Phase.Tcp, Phase.Close, Phase.Close], facts.Steps.Select(s => s.Phase));
        Assert.DoesNotContain(facts.Steps, s => s.IsDeadEnd);
        Assert.Empty(facts.Unparsed);
        Assert.Null(facts.Judge(Summary(facts)));
        var span = facts.Span!;
        Assert.Equal((Phase.Tcp, "TCP", 1, 3, 1), (span.Phase, span.Title, span.Start.Frame, span.Done.Frame, span.RoundTrips));
        Assert.Equal(Direction.Forward, facts.ClientDirection);
    }

    [Fact]
    public void The_JSON_holds_what_the_contract_names() => Assert.Equal(
        """{"syn_frame":1,"syn_ack_frame":2,"ack_frame":3,"handshake_ms":12,"retransmissions":{"client":1,"server":0},"missing_bytes":{"client":0,"server":4},"end":"fin","ended_by":"server"}""",
        Json(Read("C SYN; +10ms; S SYN-ACK; C ACK; C 'hello'; C 'hello' seq=0; lost S 'gone'; S FIN")));

    [Fact]
    public void What_is_not_known_is_null_in_the_JSON() => Assert.Equal(
        """{"syn_frame":null,"syn_ack_frame":null,"ack_frame":null,"handshake_ms":null,"retransmissions":{"client":0,"server":0},"missing_bytes":{"client":0,"server":0},"end":"open","ended_by":null}""",
        Json(Read("C 'midway'")));

    [Fact]
    public void Sides_follow_the_client_and_not_the_direction()
    {
        var facts = Read("S 'midway'; C 'abc'; C 'abc' seq=0; C RST");
        var json = Json(facts, Direction.Reverse);
        Assert.Contains("\"retransmissions\":{\"client\":1,\"server\":0}", json);
        Assert.Contains("\"ended_by\":\"client\"", json);
    }

    [Fact]
    public void A_reset_that_answers_the_SYN_is_a_refusal()
    {
        var facts = Read("C SYN; S RST-ACK seq=-5000001 ttl=55");
        Assert.Equal(new Outcome(OutcomeClass.TcpRefused, Confidence.Certain, OutcomeActor.Server, 2), Judge(facts));
        Assert.Equal("SYN, RST, ACK", Titles(facts));
        Assert.Equal(Phase.Tcp, facts.Steps[1].Phase);
        Assert.Equal([false, true], facts.Steps.Select(s => s.IsDeadEnd));
        Assert.Contains(facts.Steps[1].Facts(), f => f is { Level: Detail.Full, Name: "TTL", Text: "55" });
    }

    [Fact]
    public void A_SYN_that_is_asked_again_and_never_answered_is_a_timeout()
    {
        var facts = Read("C SYN; +1s; C SYN; +2s; C SYN");
        Assert.Equal(new Outcome(OutcomeClass.TcpTimeout, Confidence.Certain, OutcomeActor.None, 3), Judge(facts));
        Assert.Equal("SYN, SYN retransmission, SYN retransmission", Titles(facts));
        Assert.All(facts.Steps, s => Assert.True(s.IsDeadEnd));
    }

    [Theory]
    [InlineData(999, "incomplete")]
    [InlineData(1000, "tcp_timeout")]
    [InlineData(1001, "tcp_timeout")]
    public void A_SYN_that_is_not_answered_is_a_timeout_only_where_the_capture_went_on(int milliseconds, string outcome)
    {
        var recorder = new FlowRecorder();
        var segments = TcpScript.Read("C SYN");
        recorder.Feed(segments);
        recorder.Table.Advance(segments[0].Mark.Time + Duration.FromMilliseconds(milliseconds));
        recorder.Table.Finish();
        Assert.Equal(outcome, Judge(new TcpFacts(recorder.Flows[0].Flow))!.Class.Name);
    }

    [Fact]
    public void An_ICMP_error_that_answers_the_SYN_makes_it_unreachable()
    {
        var facts = Read("C SYN; icmp 3.1 from 203.0.113.9; +1s; C SYN; icmp 3.1 from 203.0.113.9");
        Assert.Equal(new Outcome(OutcomeClass.Unreachable, Confidence.Certain, OutcomeActor.Network, 2), Judge(facts));
        var step = facts.Steps[1];
        Assert.Equal("ICMP host unreachable", step.Title);
        Assert.Equal(Direction.Reverse, step.From);
        Assert.True(step.IsDeadEnd);
        Assert.Equal("203.0.113.9", step.Router);
        Assert.Contains(step.Facts(), f => f is { Name: "from", Text: "203.0.113.9" });
    }

    [Fact]
    public void The_host_itself_may_say_that_it_is_not_to_be_reached() =>
        Assert.Equal(OutcomeActor.Server, Judge(Read("C SYN; icmp 3.10 from 198.51.100.7"))!.By);

    [Fact]
    public void An_ICMP_error_of_the_host_itself_comes_from_no_router() => Assert.Null(Read("C SYN; icmp 3.3 from 198.51.100.7").Steps[1].Router);

    [Fact]
    public void Segments_that_do_not_belong_to_the_connection_are_said()
    {
        var unparsed = Assert.Single(Read(Handshake + "C 'hello'; S 'world'; S SYN-ACK seq=70000").Unparsed);
        Assert.Equal((UnparsedReason.Fault, "1 segment with sequence numbers that do not belong to the connection"), (unparsed.What, unparsed.Detail));
        Assert.Equal([6], unparsed.Frames);
    }

    [Fact]
    public void An_ICMP_error_that_does_not_stop_the_connection_decides_nothing()
    {
        var facts = Read("C SYN; icmp 3.1; +1s; C SYN; S SYN-ACK; C 'hello'");
        Assert.Null(Judge(facts));
        Assert.DoesNotContain(facts.Steps, s => s.IsDeadEnd);
    }

    [Fact]
    public void A_packet_that_is_too_big_is_told_with_the_MTU()
    {
        var facts = Read(Handshake + "C 'hello'; icmp 3.4");
        Assert.Equal("ICMP fragmentation needed", facts.Steps[^1].Title);
        Assert.Contains(facts.Steps[^1].Facts(), f => f is { Name: "MTU", Text: "1280" });
        Assert.Null(Judge(facts));
    }

    [Theory]
    [InlineData("C SYN; lost S SYN-ACK; C ACK; C 'hello'; C 'again'")]
    [InlineData("C SYN; lost S SYN-ACK; C ACK")]
    [InlineData("lost C SYN; S SYN-ACK; lost C ACK; S 'hello'")]
    [InlineData("lost C SYN; S 'midway'; S 'again'")]
    public void One_direction_alone_is_not_called_a_failure(string script)
    {
        var facts = Read(script);
        Assert.Equal(OutcomeClass.OneSided, Judge(facts)!.Class);
        Assert.False(Judge(facts)!.IsFailure);
    }

    [Theory]
    [InlineData("C SYN")]
    [InlineData("C SYN; S SYN-ACK")]
    public void A_capture_that_ends_inside_the_handshake_is_incomplete(string script) =>
        Assert.Equal(OutcomeClass.Incomplete, Judge(Read(script))!.Class);

    [Theory]
    [InlineData("C SYN; S SYN-ACK; C RST", "reset_by_client", OutcomeActor.Client, 3)]
    [InlineData("C SYN; S SYN-ACK; S RST", "reset_by_server", OutcomeActor.Server, 3)]
    [InlineData("C SYN; C RST seq=0", "reset_by_client", OutcomeActor.Client, 2)]
    internal void A_reset_inside_the_handshake_names_who_did_it(string script, string outcome, OutcomeActor by, long frame)
    {
        var judged = Judge(Read(script))!;
        Assert.Equal((outcome, Confidence.Certain, by, frame), (judged.Class.Name, judged.Confidence, judged.By, judged.Frame));
    }

    [Theory]
    [InlineData("C 'hello'; S RST")]
    [InlineData("C 'hello'; C FIN")]
    [InlineData("C 'hello'")]
    [InlineData("S RST")]
    public void Where_TCP_did_its_part_it_says_nothing(string script) => Assert.Null(Judge(Read(Handshake + script)));

    [Fact]
    public void A_reset_after_the_handshake_closes_and_tells_a_foreign_TTL()
    {
        var facts = Read("C SYN; S SYN-ACK ttl=57; C 'hello'; S RST ttl=201");
        var reset = facts.Steps[^1];
        Assert.Equal((Phase.Close, "RST", true), (reset.Phase, reset.Title, reset.IsDeadEnd));
        Assert.Contains(reset.Facts(), f => f is { Name: "TTL", Text: "201, otherwise 57" });
    }

    [Fact]
    public void A_reset_behind_the_senders_own_FIN_follows_from_it_and_the_FIN_is_drawn()
    {
        var facts = Read(Handshake + "C 'hello'; C FIN; S 'late'; C RST id=7; S FIN; C RST seq+1 id=8");
        Assert.Equal("SYN, SYN-ACK, ACK, FIN, RST, FIN, RST", Titles(facts));
        Assert.DoesNotContain(facts.Steps, s => s.IsDeadEnd);
        Assert.Equal([false, false, true, false], facts.Steps.Skip(3).Select(s => s.IsRoutine));
        Assert.Contains(facts.Steps[4].Facts(Detail.Normal), f => f.Text == "after its own FIN");
        Assert.Equal((TcpEnd.Fin, Direction.Forward), (facts.Flow.End, facts.Flow.EndedBy));
    }

    [Fact]
    public void A_reset_that_answers_the_other_sides_FIN_is_drawn_behind_that_FIN()
    {
        var facts = Read(Handshake + "C 'hello'; S 'world'; S FIN; C RST");
        Assert.Equal([("FIN", false, false), ("RST", true, false)], facts.Steps.Skip(3).Select(s => (s.Title, s.IsDeadEnd, s.IsRoutine)));
        Assert.Equal((TcpEnd.Fin, Direction.Reverse), (facts.Flow.End, facts.Flow.EndedBy));
    }

    [Fact]
    public void An_orderly_end_is_routine_and_so_is_a_FIN_behind_a_reset()
    {
        Assert.All(Read(Handshake + "C 'hello'; C FIN; S FIN; C ACK").Steps.Skip(3), s => Assert.True(s.IsRoutine));
        Assert.Equal([("RST", false), ("FIN", true)], Read(Handshake + "C 'hello'; S RST; C FIN").Steps.Skip(3).Select(s => (s.Title, s.IsRoutine)));
    }

    [Fact]
    public void Troubles_while_another_protocol_speaks_wait_for_their_band()
    {
        var facts = Read(Handshake + "C 'hello'; C 'hello' seq=0; S ACK win=0; S 'cut' len=10; S 'XXX' seq=0; lost S 'gone'; S 'x'");
        Assert.Equal("SYN, SYN-ACK, ACK, Retransmission, Zero window, Bytes truncated, Conflicting overlap, Bytes not captured", Titles(facts));
        var trouble = facts.Steps.Skip(3).Cast<TcpStep>().ToList();
        Assert.All(trouble, s => Assert.True(s.IsRecovery && s.Phase == Phase.Tls));
        trouble[0].Rehome(Phase.Data);
        Assert.Equal(Phase.Data, facts.Steps[3].Phase);
        Assert.Equal(["5 bytes retransmitted", "7 bytes missing", "4 bytes missing"],
            facts.Steps.SelectMany(s => s.Facts()).Where(f => f.Text.EndsWith("retransmitted", StringComparison.Ordinal) || f.Text.EndsWith("missing", StringComparison.Ordinal)).Select(f => f.Text));
        Assert.Equal([UnparsedReason.Gap, UnparsedReason.CutPacket], facts.Unparsed.Select(u => u.What));
        Assert.Equal("4 bytes were not captured", facts.Unparsed[0].Detail);
    }

    [Fact]
    public void Steps_are_ordered_by_frame_even_where_the_capture_was_not()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C ACK");
        (segments[1], segments[2]) = (segments[2] with { Mark = segments[1].Mark }, segments[1] with { Mark = segments[2].Mark });
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        recorder.Table.Finish();
        Assert.Equal([1, 2, 3], new TcpFacts(recorder.Flows[0].Flow).Steps.Select(s => s.Last.Frame));
    }

    [Fact]
    public void Joining_midway_is_said() =>
        Assert.Contains(Read("C 'midway'; S 'answer'").Unparsed, u => u.What == UnparsedReason.JoinedMidway);

    [Theory]
    [InlineData(false, 3, 0, "network unreachable")]
    [InlineData(false, 3, 13, "communication administratively prohibited")]
    [InlineData(false, 3, 99, "error type 3 code 99")]
    [InlineData(true, 1, 3, "address unreachable")]
    [InlineData(true, 2, 0, "packet too big")]
    public void ICMP_errors_have_the_names_of_their_RFC(bool isIpv6, byte type, byte code, string name) =>
        Assert.Equal(name, IcmpNames.NameOf(new IcmpError(isIpv6, type, code, 0)));

    [Fact]
    public void Random_conversations_are_always_judged_and_written()
    {
        string[] words = ["C SYN", "S SYN-ACK", "C ACK", "C 'abc'", "S 'abc'", "C FIN", "S FIN", "C RST", "S RST", "icmp 3.1", "C SYN seq=-1000", "S 'x' seq=20", "C ACK len=9", "+2s", "lost C 'abc'"];
        var random = new Random(17);
        for (var i = 0; i < 3000; i++)
        {
            var script = string.Join("; ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            foreach (var told in FlowRecorder.All("C ACK; " + script).Flows)
            {
                var facts = new TcpFacts(told.Flow);
                foreach (var client in new[] { Direction.Forward, Direction.Reverse })
                {
                    facts.Judge(new FlowSummary(told.Flow, client));
                    JsonDocument.Parse(Json(facts, client)).Dispose();
                }

                Assert.Equal(facts.Steps.Select(s => s.Last.Frame).Order(), facts.Steps.Select(s => s.Last.Frame));
                Assert.All(facts.Steps, s => Assert.All(s.Facts(), f => Assert.NotEmpty(f.Text)));
            }
        }
    }

    private static TcpFacts Read(string script) => new(FlowRecorder.One(script).Flow);

    private static FlowSummary Summary(TcpFacts facts) => new(facts.Flow, facts.ClientDirection ?? Direction.Forward);

    private static Outcome? Judge(TcpFacts facts) => facts.Judge(Summary(facts));

    private static string Titles(TcpFacts facts) => string.Join(", ", facts.Steps.Select(s => s.Title));

    private static string Json(TcpFacts facts, Direction client = Direction.Forward)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            facts.WriteJson(json, new FlowSummary(facts.Flow, client));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private const string Handshake = "C SYN; S SYN-ACK; C ACK; ";
}
