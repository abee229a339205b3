using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Session;

/// <summary>What is opened and what stays closed, and what is said about it.</summary>
public sealed class OpeningTests
{
    [Fact]
    public void The_first_exchange_is_shown_in_place_of_application_data()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().ClientData(Request).ServerData(Response);
        Assert.Equal("C ClientHello, S ServerHello, S EncryptedExtensions, S Finished, C Finished", session.Talk.Story());
        var http = Assert.IsType<HttpFacts>(Assert.Single(session.Talk.Inside()));
        Assert.Equal(("GET /a HTTP/1.1", "HTTP/1.1 204 No Content"), (http.Request, http.Response));
        Assert.All(http.Steps, s => Assert.Equal(Provenance.Decrypted, s.Provenance));
    }

    [Fact]
    public void Data_that_is_no_http_stays_data()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().ClientData([0, 1, 2, 3]).ServerData([4, 5, 6]);
        Assert.EndsWith("C Finished, C Application data, S Application data", session.Talk.Story(), StringComparison.Ordinal);
        Assert.Empty(session.Talk.Inside());
        Assert.All(session.Talk.Finish().Steps.OfType<ApplicationDataStep>(), s => Assert.Equal((Provenance.Decrypted, s.From == Direction.Forward ? 4 : 3), (s.Provenance, s.Bytes)));
    }

    [Fact]
    public void Secrets_that_come_last_open_what_came_first()
    {
        var session = new KeyedSession(mayBringSecrets: true).Handshake().ClientData(Request).ServerData(Response);
        foreach (var label in KeyedSession.All) session.Bring(label);
        Assert.True(session.Talk.Finish().IsDecrypted);
        Assert.Single(session.Talk.Inside());
    }

    [Fact]
    public void Nothing_is_kept_of_a_session_that_no_secret_can_come_for()
    {
        var session = new KeyedSession().Bring(SecretLabel.ClientTraffic, random: 0x77).Handshake().ClientData(Request);
        var facts = session.Talk.Finish();
        Assert.Empty(facts.EncryptedRecords);
        var unparsed = Assert.Single(facts.Unparsed);
        Assert.Equal((UnparsedReason.NoKeys, "encrypted, and the key log has no secret for this session"), (unparsed.What, unparsed.Detail));
        Assert.Contains(facts.Steps, s => s is EncryptedFlightStep);
    }

    [Fact]
    public void Without_any_key_log_nobody_is_told_that_keys_are_missing()
        => Assert.Empty(new KeyedSession().Handshake().ClientData(Request).Talk.Finish().Unparsed);

    [Theory]
    [InlineData(SecretLabel.ServerHandshakeTraffic, "data from the server was not decrypted: the key log has no SERVER_HANDSHAKE_TRAFFIC_SECRET for this session")]
    [InlineData(SecretLabel.ClientHandshakeTraffic, "data from the client was not fully decrypted: the key log has no CLIENT_HANDSHAKE_TRAFFIC_SECRET for this session")]
    [InlineData(SecretLabel.ServerTraffic, "data from the server was not fully decrypted: the key log has no SERVER_TRAFFIC_SECRET_0 for this session")]
    internal void A_secret_that_is_missing_is_named(SecretLabel missing, string expected)
    {
        var known = KeyedSession.All.Where(l => l != missing && !(missing == SecretLabel.ServerHandshakeTraffic && l == SecretLabel.ServerTraffic)).ToArray();
        var facts = new KeyedSession(known: known).Handshake().ClientData(Request).ServerData(Response).Talk.Finish();
        var unparsed = Assert.Single(facts.Unparsed);
        Assert.Equal((UnparsedReason.NoKeys, expected), (unparsed.What, unparsed.Detail));
        Assert.True(facts.IsDecrypted);
    }

    [Fact]
    public void A_direction_that_stays_closed_is_told_as_without_keys()
    {
        var session = new KeyedSession(known: [SecretLabel.ClientHandshakeTraffic, SecretLabel.ClientTraffic]).Handshake().ClientData(Request).ServerData(TlsBytes.Fill(400));
        Assert.Equal("C ClientHello, S ServerHello, S Encrypted: extensions, certificate, certificate verify, finished, C Finished, S Application data", session.Talk.Story());
        Assert.Equal(OutcomeClass.Established, session.Talk.Outcome().Class);
    }

    [Fact]
    public void A_secret_that_does_not_fit_opens_nothing_and_is_said()
    {
        var session = new KeyedSession();
        foreach (var label in KeyedSession.All) session.Bring(label, filling: 0x99);
        var facts = session.Handshake().ClientData(Request).ServerData(Response).Talk.Finish();
        Assert.False(facts.IsDecrypted);
        Assert.Equal(2, facts.Unparsed.Count(u => u.Detail.EndsWith("not decrypted: the secret in the key log does not match", StringComparison.Ordinal)));
        Assert.Contains(facts.Steps, s => s is EncryptedFlightStep);
        Assert.Empty(facts.Verifications);
    }

    [Fact]
    public void A_secret_of_another_version_is_named_and_not_called_wrong()
    {
        var session = new KeyedSession(known: [SecretLabel.MasterSecret]).Handshake().ClientData(Request);
        Assert.Contains(session.Talk.Finish().Unparsed, u => u.Detail == "data from the client was not decrypted: for this session the key log has CLIENT_RANDOM, which TLS 1.3 does not use, but no CLIENT_HANDSHAKE_TRAFFIC_SECRET");
    }

    [Fact]
    public void Of_several_secrets_for_one_session_the_one_that_fits_is_found()
    {
        var session = new KeyedSession();
        foreach (var label in KeyedSession.All) session.Bring(label, filling: 0x99).Bring(label);
        Assert.Empty(session.Handshake().ClientData(Request).ServerData(Response).Talk.Finish().Unparsed);
    }

    [Fact]
    public void The_closing_alert_behind_a_long_transfer_is_opened_though_the_transfer_is_not_kept()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().ClientData(Request).ServerData(Response);
        for (var i = 0; i < 200; i++) session.ServerData(TlsBytes.Fill(16_000));
        for (var i = 0; i < 300; i++) session.ServerData(TlsBytes.Fill(1900));
        session.Server(SecretLabel.ServerTraffic, 21, [1, 0]).Client(SecretLabel.ClientTraffic, 21, [1, 0]);
        var facts = session.Talk.Finish();
        Assert.Equal(2, facts.Alerts.Count(a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted }));
        Assert.InRange(facts.EncryptedRecords.Sum(r => r.Ciphertext.Length), 100_000, 2 * AnalyzerLimits.Default.EncryptedBytes);
        Assert.Empty(facts.Unparsed);
    }

    [Fact]
    public void A_key_update_behind_a_long_transfer_is_followed()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().ServerData(Response);
        for (var i = 0; i < 40; i++) session.ServerData(TlsBytes.Fill(16_000));
        session.Server(SecretLabel.ServerTraffic, 22, TlsBytes.Message(24, [0]));
        Assert.Contains(session.Talk.Finish().Messages, m => m.Message is KeyUpdate && m.Provenance == Provenance.Decrypted);
    }

    [Fact]
    public void Records_behind_a_gap_open_again()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().ClientData(Request).ServerData(Response);
        for (var i = 0; i < 5; i++) session.Lose(Direction.Reverse, SecretLabel.ServerTraffic, TlsBytes.Fill(100));
        session.Talk.Gap(Direction.Reverse, 0);
        session.Server(SecretLabel.ServerTraffic, 21, [1, 0]);
        Assert.Contains(session.Talk.Finish().Alerts, a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted });
    }

    [Fact]
    public void A_fatal_alert_of_the_server_behind_the_clients_flight_is_a_late_refusal()
    {
        var session = new KeyedSession(known: KeyedSession.All).Handshake().Server(SecretLabel.ServerTraffic, 21, [2, 116]);
        var outcome = session.Talk.Outcome();
        Assert.Equal((OutcomeClass.RejectedLate, Confidence.Certain, OutcomeActor.Server), (outcome.Class, outcome.Confidence, outcome.By));
    }

    [Fact]
    public void A_message_in_several_records_names_the_frames_of_all()
    {
        var flight = TlsBytes.Join(TlsBytes.Message(8, TlsBytes.Vector16()), TlsBytes.Message(20, TlsBytes.Fill(32)));
        var session = new KeyedSession(known: KeyedSession.All).Hellos();
        session.Server(SecretLabel.ServerHandshakeTraffic, 22, flight[..10]).Server(SecretLabel.ServerHandshakeTraffic, 22, flight[10..20]).Server(SecretLabel.ServerHandshakeTraffic, 22, flight[20..]);
        var messages = session.Talk.Finish().Messages;
        Assert.Equal(["3-3", "3-5"], messages.Skip(2).Select(m => $"{m.First.Frame}-{m.Last.Frame}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Hostile_content_inside_a_record_never_throws(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var session = new KeyedSession(known: KeyedSession.All).Hellos();
            for (var i = 0; i < 6; i++)
            {
                var content = new byte[random.Next(60)];
                random.NextBytes(content);
                if (content.Length > 3 && random.Next(2) == 0) (content[0], content[1], content[2]) = ((byte)random.Next(26), 0, 0);
                var label = KeyedSession.All[random.Next(4)];
                var type = (byte)random.Next(19, 26);
                if (label is SecretLabel.ClientHandshakeTraffic or SecretLabel.ClientTraffic) session.Client(label, type, content);
                else session.Server(label, type, content);
            }

            _ = session.Talk.Finish().Verifications;
        }
    }

    private static readonly byte[] Request = "GET /a HTTP/1.1\r\nHost: one.example\r\n\r\n"u8.ToArray();
    private static readonly byte[] Response = "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray();
}
