using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls;

public class TlsStreamSessionTests
{
    private const int Finished = 53;

    [Fact]
    public void A_full_handshake_of_tls_1_2_is_told_message_by_message()
    {
        var session = Full12().Client(Encrypted(100)).Server(Encrypted(200));
        Assert.Equal(
            "C ClientHello, S ServerHello, S Certificate, S ServerKeyExchange, S ServerHelloDone, C ClientKeyExchange, C ChangeCipherSpec, C encrypted finished, "
            + "S ChangeCipherSpec, S encrypted finished, C Application data, S Application data",
            session.Story());
        var facts = session.Finish();
        Assert.Equal("TLS 1.2", facts.Version!.Value.Name);
        Assert.Equal("x25519", facts.Group!.Value.Name);
        Assert.Equal(TlsResumption.No, facts.Resumption);
        Assert.Equal(ClientCertificateState.NotRequested, facts.ClientCertificate);
        Assert.Equal(2, facts.Span!.RoundTrips);
        Assert.Equal(new Outcome(OutcomeClass.Established, Confidence.Certain, OutcomeActor.None, 4), session.Outcome());
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Records_of_tls_1_2_are_followed_for_the_alerts_behind_them_up_to_a_cap(int above, bool isSatisfied)
    {
        var rest = AnalyzerLimits.Default.FollowedDataBytes + above;
        var session = Full12();
        for (; rest > 0; rest -= 16_000) session.Client(Encrypted(Math.Min(rest, 16_000)));
        Assert.Equal(isSatisfied, session.Session.IsSatisfied(Direction.Forward));
        Assert.False(session.Session.IsSatisfied(Direction.Reverse));
    }

    [Fact]
    public void The_encrypted_part_of_tls_1_3_is_inferred_and_said_to_be()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Handshake(ServerHello13()), Join(ChangeCipherSpec(), Encrypted(40), Encrypted(3000)))
            .Client(Join(ChangeCipherSpec(), Encrypted(Finished), Encrypted(517))).Server(Encrypted(1200));
        Assert.Equal(
            "C ClientHello, S ServerHello, S ChangeCipherSpec, S Encrypted: extensions, certificate, certificate verify, finished, "
            + "C ChangeCipherSpec, C Encrypted: finished, C Application data, S Application data",
            session.Story());
        Assert.All(session.Finish().Steps.OfType<EncryptedFlightStep>(), s => Assert.Equal(Provenance.Inferred, s.Provenance));
        Assert.Equal(1, session.Finish().Span!.RoundTrips);
        Assert.Equal(OutcomeClass.Established, session.Outcome().Class);
        Assert.Equal(Confidence.Certain, session.Outcome().Confidence);
        Assert.Equal(4, session.Outcome().Frame);
    }

    [Fact]
    public void A_hello_retry_request_costs_a_round_trip()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Handshake(HelloRetryRequest()))
            .Client(Join(ChangeCipherSpec(), Handshake(ClientHello13()))).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Encrypted(Finished));
        Assert.StartsWith("C ClientHello, S HelloRetryRequest, C ChangeCipherSpec, C Second ClientHello, S ServerHello, S Encrypted:", session.Story(), StringComparison.Ordinal);
        Assert.Equal(2, session.Finish().Span!.RoundTrips);
        Assert.Contains("\"hello_retry_request\"", Json(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, EarlyDataState.Accepted)]
    [InlineData(false, EarlyDataState.Rejected)]
    public void The_lengths_of_records_tell_what_became_of_early_data(bool accepted, object expected)
    {
        var hello = Handshake(ClientHello13("one.example", Extension(42), PreSharedKey()));
        var session = new TlsTalk().Client(hello, Encrypted(400)).Server(Join(Handshake(ServerHello13(0x1301, Extension(41, U16(0)))), Encrypted(90)))
            .Client(Join(accepted ? Encrypted(21) : [], Encrypted(Finished))).Server(Encrypted(300));
        Assert.Equal(expected, session.Finish().EarlyData);
        Assert.Equal(TlsResumption.Psk, session.Finish().Resumption);
        Assert.Contains("C Early data (0-RTT), S ServerHello, S Encrypted: extensions, finished, C Encrypted: finished", session.Story(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_taken_up_by_its_id_is_resumed()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello12(Fill(32)))).Server(Join(Handshake(ServerHello12(0xC02F, Fill(32))), ChangeCipherSpec(), SealedFinished()))
            .Client(Join(ChangeCipherSpec(), SealedFinished()));
        Assert.Equal(TlsResumption.SessionId, session.Finish().Resumption);
        Assert.Equal(["resumed"], session.Finish().Span!.Marks);
        Assert.Equal(OutcomeClass.Established, session.Outcome().Class);
    }

    [Fact]
    public void A_fatal_alert_before_the_end_is_the_outcome()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Alert(2, 40)).Fin(Direction.Reverse);
        Assert.Equal(new Outcome(OutcomeClass.Alert, Confidence.Certain, OutcomeActor.Server, 2), session.Outcome());
        Assert.Equal("C ClientHello, S Alert: fatal, handshake_failure", session.Story());
    }

    [Fact]
    public void A_client_that_answers_with_a_record_as_long_as_an_alert_has_left()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Join(ChangeCipherSpec(), Encrypted(19))).Fin(Direction.Forward);
        Assert.Equal(new Outcome(OutcomeClass.ClientRejected, Confidence.Likely, OutcomeActor.Client, 3), session.Outcome());
    }

    [Fact]
    public void A_server_that_answers_the_clients_certificate_with_an_alert_rejects_late()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000)))
            .Client(Join(Encrypted(900), Encrypted(280), Encrypted(Finished))).Server(Encrypted(19)).Fin(Direction.Reverse);
        Assert.Equal(new Outcome(OutcomeClass.RejectedLate, Confidence.Likely, OutcomeActor.Server, 4), session.Outcome());
    }

    [Theory]
    [InlineData(Direction.Forward, false, "no_server_hello")]
    [InlineData(Direction.Reverse, false, "closed_by_server")]
    [InlineData(Direction.Reverse, true, "reset_by_server")]
    internal void A_hello_without_an_answer_ends_by_who_ended_it(Direction by, bool isReset, string expected)
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13()));
        session.Tracker.Reverse.Packets = 2;
        Assert.Equal(expected, (isReset ? session.Rst(by) : session.Fin(by)).Outcome().Class.Name);
    }

    [Fact]
    public void A_client_that_leaves_on_the_servers_flight_has_rejected_it()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server(Handshake(ServerHello12(), Certificate12(500), ServerKeyExchange12(), ServerHelloDone())).Rst(Direction.Forward);
        Assert.Equal(OutcomeClass.ClientRejected, session.Outcome().Class);
    }

    [Fact]
    public void A_capture_that_merely_stops_claims_no_failure()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server(Handshake(ServerHello12()));
        Assert.Equal(OutcomeClass.Incomplete, session.Outcome().Class);
        Assert.False(session.Outcome().IsFailure);
    }

    [Fact]
    public void One_direction_alone_is_one_sided()
    {
        var session = new TlsTalk().Server(Handshake(ServerHello12(), Certificate12(500), ServerKeyExchange12(), ServerHelloDone()));
        Assert.Equal(OutcomeClass.OneSided, session.Outcome().Class);
        Assert.Equal(Direction.Forward, session.Finish().ClientDirection);
        Assert.Equal("ECDHE-RSA-AES128-GCM-SHA256", session.Finish().CipherSuite!.Value.Label);
    }

    [Fact]
    public void Missing_bytes_inside_the_handshake_make_it_incomplete_and_are_left_to_TCP_to_say()
    {
        var flight = Handshake(ServerHello12(), Certificate12(900), ServerKeyExchange12(), ServerHelloDone());
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server(flight[..400]).Gap(Direction.Reverse, 500).Server(flight[900..]).Fin(Direction.Forward);
        Assert.Equal("C ClientHello, S ServerHello", session.Story());
        Assert.Equal(OutcomeClass.Incomplete, session.Outcome().Class);
        Assert.Empty(session.Finish().Unparsed);
    }

    [Fact]
    public void An_answer_that_is_no_tls_is_kept_for_the_diagnosis()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Text("HTTP/1.1 400 Bad Request\r\n")).Fin(Direction.Reverse);
        Assert.Equal("HTTP/1.1 400 Bad Request\r\n", Encoding.ASCII.GetString(session.Finish().ForeignBytes(Direction.Reverse).Span));
        Assert.Equal(OutcomeClass.NotTls, session.Outcome().Class);
    }

    [Fact]
    public void A_suite_without_encryption_hides_nothing()
    {
        var finished = Record(22, Join(Message(20, Fill(12)), Fill(32)));
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server(Handshake(ServerHello12(0x003B), Certificate12(500), ServerHelloDone()))
            .Client(Join(Handshake(Message(16, Vector16(Fill(256)))), ChangeCipherSpec(), finished)).Server(Join(ChangeCipherSpec(), finished));
        Assert.EndsWith("C Finished, S ChangeCipherSpec, S Finished", session.Story(), StringComparison.Ordinal);
        Assert.Equal(OutcomeClass.Established, session.Outcome().Class);
    }

    [Fact]
    public void Sealed_records_are_kept_in_order_only_when_asked_for_and_only_up_to_the_cap()
    {
        Assert.Empty(Full12().Client(Encrypted(100)).Finish().EncryptedRecords);
        foreach (var (cap, kept) in new[] { (39, 0), (40, 1), (41, 1), (139, 1), (140, 2) })
        {
            var session = Full12(keepSealed: true, AnalyzerLimits.Default with { EncryptedBytes = cap }).Client(Encrypted(100));
            var mine = session.Finish().EncryptedRecords.Where(r => r.From == Direction.Forward).ToList();
            Assert.Equal(kept, mine.Count);
            Assert.Equal(mine.OrderBy(r => r.Order), mine);
        }
    }

    [Fact]
    public void Messages_above_the_cap_are_cut_off_and_said()
    {
        foreach (var count in new[] { 9, 10, 11 })
        {
            var session = new TlsTalk(limits: AnalyzerLimits.Default with { MessagesPerConnection = 10 });
            for (var i = 0; i < count; i++) session.Client(Handshake(ClientHello12()));
            Assert.Equal(Math.Min(count, 10), session.Finish().Messages.Count);
            Assert.Equal(count > 10, session.Finish().Unparsed.Any(u => u.What == UnparsedReason.Cap));
        }
    }

    [Fact]
    public void Ech_is_offered_until_a_look_up_says_that_it_was_grease()
    {
        var ech = Extension(0xFE0D, U8(0), U16(1), U16(1), U8(7), Vector16(Fill(32)), Vector16(Fill(200)));
        var facts = new TlsTalk().Client(Handshake(ClientHello13("one.example", ech))).Finish();
        Assert.Equal(EchState.Offered, facts.Ech);
        facts.Resolved([new DnsQuery { Ordinal = 1, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = "HTTPS", HasEchConfiguration = false }]);
        Assert.Equal(EchState.Grease, facts.Ech);
        Assert.Equal(7, facts.ClientHello!.Extensions.Find<EncryptedClientHelloExtension>()!.ConfigId);
    }

    [Theory]
    [InlineData("tls12-ecdhe")]
    [InlineData("tls12-dhe-mutual")]
    [InlineData("tls13")]
    [InlineData("tls13-retry")]
    public void A_recorded_handshake_is_told_the_same_however_it_is_cut(string name)
    {
        var whole = TlsTalk.Recorded(name);
        Assert.Equal(OutcomeClass.Established, whole.Outcome().Class);
        Assert.DoesNotContain(whole.Finish().Unparsed, u => u.What == UnparsedReason.Fault);
        foreach (var piece in new[] { 1, 2, 3, 5, 7, 64, 211, 1000 }) Assert.Equal(Json(whole), Json(TlsTalk.Recorded(name, piece)));
    }

    [Fact]
    public void A_recorded_mutual_handshake_is_mutual()
    {
        var facts = TlsTalk.Recorded("tls12-dhe-mutual").Finish();
        Assert.Equal(ClientCertificateState.Sent, facts.ClientCertificate);
        Assert.Contains("mutual", facts.Span!.Marks);
        Assert.Single(facts.ServerCertificates);
        Assert.Single(facts.ClientCertificates);
    }

    [Fact]
    public void The_frame_that_a_message_names_holds_its_bytes()
    {
        var flight = Handshake(ServerHello12(), Certificate12(3000), ServerKeyExchange12(), ServerHelloDone());
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server([.. flight.Chunk(1000)]);
        var start = 5;
        foreach (var step in session.Finish().Messages.Skip(1))
        {
            Assert.Equal(2 + (start / 1000), step.First.Frame);
            start += step.Bytes.Length;
            Assert.Equal(2 + ((start - 1) / 1000), step.Last.Frame);
        }
    }

    [Fact]
    public void Random_streams_never_throw()
    {
        var random = new Random(8446);
        byte[][] pieces =
        [
            Handshake(ClientHello13()), Handshake(ServerHello13()), Handshake(ServerHello12()), Handshake(HelloRetryRequest()), ChangeCipherSpec(), Encrypted(53), Encrypted(19),
            Encrypted(21), SealedFinished(), Alert(2, 40), Alert(1, 0), Handshake(ServerHelloDone()), Record(24, Fill(20)), Fill(9), Record(22, Fill(30)), Record(21, Fill(3)), Record(20, [])
        ];
        for (var round = 0; round < 3000; round++)
        {
            var session = new TlsTalk(round % 2 == 0);
            for (var i = random.Next(1, 14); i > 0; i--)
            {
                var piece = pieces[random.Next(pieces.Length)].ToArray();
                if (random.Next(4) == 0) piece[random.Next(piece.Length)] ^= (byte)(1 << random.Next(8));
                if (random.Next(5) == 0) session.Gap((Direction)random.Next(2), random.Next(0, 60));
                _ = random.Next(2) == 0 ? session.Client(piece) : session.Server(piece);
            }

            if (random.Next(2) == 0) session.Fin((Direction)random.Next(2));
            Assert.NotNull(session.Outcome());
            Assert.NotNull(Json(session));
            _ = session.Finish().Span;
            foreach (var step in session.Finish().Steps) Assert.All(step.Facts(), f => Assert.NotNull(f.Text));
        }
    }

    private static TlsTalk Full12(bool keepSealed = false, AnalyzerLimits? limits = null) => new TlsTalk(keepSealed, limits)
        .Client(Handshake(ClientHello12()))
        .Server(Handshake(ServerHello12(), Certificate12(500, 600), ServerKeyExchange12(), ServerHelloDone()))
        .Client(Join(Handshake(ClientKeyExchange12()), ChangeCipherSpec(), SealedFinished()))
        .Server(Join(ChangeCipherSpec(), SealedFinished()));

    private static string Json(TlsTalk session)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            var facts = session.Finish();
            facts.WriteJson(json, new FlowSummary(session.Flow, facts.ClientDirection ?? Direction.Forward));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
