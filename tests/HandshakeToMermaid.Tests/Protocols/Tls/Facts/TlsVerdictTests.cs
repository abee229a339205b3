using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Protocols.Tls.Session;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Facts;

/// <summary>How a connection turned out, where what came later, what is encrypted or what is missing could mislead.</summary>
public sealed class TlsVerdictTests
{
    [Fact]
    public void Tickets_or_the_clients_end_before_a_late_alert_leave_the_connection_established()
    {
        byte[] ordinal = Message(4, Join(U32(60), U32(1), Vector8(Fill(8)), Vector16(Fill(100)), Vector16()));
        var withTicket = Keyed().Handshake().Server(SecretLabel.ServerTraffic, 22, ordinal).Server(SecretLabel.ServerTraffic, 21, [2, 116]);
        Assert.Equal(OutcomeClass.Established, withTicket.Talk.Outcome().Class);

        var afterFin = Keyed().Handshake();
        afterFin.Talk.Fin(Direction.Forward);
        Assert.Equal(OutcomeClass.Established, afterFin.Server(SecretLabel.ServerTraffic, 21, [2, 80]).Talk.Outcome().Class);

        var decodeError = Keyed().Handshake().Server(SecretLabel.ServerTraffic, 21, [2, 50]);
        Assert.Equal(OutcomeClass.Established, decodeError.Talk.Outcome().Class);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_never_turn_an_established_connection_into_another(bool hasKeys)
    {
        // The client's Finished was not captured, its request was.
        var session = hasKeys ? Keyed() : new KeyedSession();
        session.Hellos().Server(SecretLabel.ServerHandshakeTraffic, 22, Join(Message(8, Vector16(Alpn("http/1.1"))), Message(20, Fill(32))));
        session.Talk.Gap(Direction.Forward, 58);
        session.ClientData(Fill(200)).ServerData(Fill(300));
        Assert.Equal(OutcomeClass.Established, session.Talk.Outcome().Class);
    }

    [Fact]
    public void A_client_that_hears_nothing_but_the_servers_fin_did_not_end_it()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13()));
        session.Tracker.Reverse.Packets = 2;
        var outcome = session.Fin(Direction.Reverse).Client(Alert(2, 50)).Fin(Direction.Forward).Outcome();
        Assert.Equal(new Outcome(OutcomeClass.ClosedByServer, Confidence.Certain, OutcomeActor.Server, 2), outcome);
    }

    [Fact]
    public void An_alert_in_the_packet_of_its_own_fin_ends_the_handshake()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Alert(2, 42));
        session.Tracker.Forward.Fin = session.Flow.First with { Frame = 3 };
        Assert.Equal(OutcomeClass.Alert, session.Outcome().Class);
    }

    [Theory]
    [InlineData(false, "closed_by_client")]
    [InlineData(true, "reset_by_client")]
    public void A_client_that_gave_up_before_the_servers_hello_has_not_refused_it(bool isReset, string expected)
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13()));
        _ = isReset ? session.Rst(Direction.Forward) : session.Fin(Direction.Forward);
        session.Server(Join(Handshake(ServerHello13()), Encrypted(2000)));
        var outcome = session.Outcome();
        Assert.Equal((expected, Confidence.Certain, OutcomeActor.Client, 2), (outcome.Class.Name, outcome.Confidence, outcome.By, outcome.Frame));
    }

    [Fact]
    public void A_closing_alert_behind_a_lost_finished_refuses_nothing()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000)))
            .Gap(Direction.Forward, 200).Client(Encrypted(19)).Fin(Direction.Forward);
        Assert.Equal(OutcomeClass.Incomplete, session.Outcome().Class);
    }

    [Fact]
    public void What_follows_a_lost_finished_is_not_called_one()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000)))
            .Gap(Direction.Forward, 200).Client(Encrypted(400)).Server(Encrypted(900));
        Assert.DoesNotContain("certificate verify, finished, C Encrypted: ", session.Story(), StringComparison.Ordinal);
        Assert.Equal(OutcomeClass.Established, session.Outcome().Class);
    }

    [Theory]
    [InlineData(1, "incomplete")]
    [InlineData(2, "alert")]
    public void User_canceled_ends_a_handshake_only_where_it_is_fatal(int level, string expected)
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Alert(level, 90));
        Assert.Equal(expected, session.Outcome().Class.Name);
    }

    [Theory]
    [InlineData(0, "certificate, finished")]
    [InlineData(16, "certificate, finished")]
    public void An_empty_certificate_is_told_by_what_fits_its_length(int padding, string expected)
    {
        // In one record with the Finished, as Java sends it, and in two.
        foreach (var flight in (byte[][])[Encrypted(Finished + 8 + padding), Join(Encrypted(25 + padding), Encrypted(Finished + padding))])
        {
            var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Join(ChangeCipherSpec(), flight)).Server(Encrypted(300));
            Assert.EndsWith($"C Encrypted: {expected}, S Application data", session.Story(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_padded_finished_is_still_a_lone_one()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Join(Handshake(ServerHello13()), Encrypted(2000))).Client(Encrypted(Finished + 16), Encrypted(160), Encrypted(35)).Server(Encrypted(300));
        Assert.EndsWith("C Encrypted: finished, C Application data, C Encrypted alert, S Application data", session.Story(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_trip_is_a_flight_that_was_waited_for()
    {
        // ServerHello, then the client's ChangeCipherSpec, which asks for nothing, then the rest of the server's flight.
        var session = new TlsTalk().Client(Handshake(ClientHello13())).Server(Handshake(ServerHello13()), ChangeCipherSpec()).Client(ChangeCipherSpec())
            .Server(Encrypted(2000)).Client(Encrypted(Finished)).Server(Encrypted(300));
        Assert.Equal(1, session.Finish().Span!.RoundTrips);
    }

    [Fact]
    public void An_encrypted_alert_behind_the_clients_finished_of_tls_1_2_is_its_end()
    {
        var session = new TlsTalk().Client(Handshake(ClientHello12())).Server(Handshake(ServerHello12(), Certificate12(500), ServerKeyExchange12(), ServerHelloDone()))
            .Client(Join(Handshake(ClientKeyExchange12()), ChangeCipherSpec(), SealedFinished(), Record(21, Fill(26)))).Fin(Direction.Forward);
        Assert.Equal(new Outcome(OutcomeClass.Alert, Confidence.Likely, OutcomeActor.Client, 3), session.Outcome());
    }

    private static KeyedSession Keyed() => new(known: KeyedSession.All);

    /// <summary>A Finished under SHA-256: type and length, the hash, the content type, the tag.</summary>
    private const int Finished = 4 + 32 + 1 + 16;
}
