using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Session;

/// <summary>Conversations of real programs, and the traces of RFC 8448, told with their secrets.</summary>
public sealed class RecordedOpeningTests
{
    public static TheoryData<string> Handshakes => RecordedHandshakeTests.Names;

    public static TheoryData<string> Traces => [.. Rfc8448Trace.Names];

    [Fact]
    public void Keys_that_are_updated_in_both_directions_are_followed_to_the_closing_alert()
    {
        var facts = Recorded("key-update").Finish();
        Assert.Equal(3, facts.Messages.Count(m => m.Message is KeyUpdate));
        Assert.Contains(facts.Messages, m => m is { Message: KeyUpdate { IsUpdateRequested: true }, From: Direction.Forward });
        Assert.Contains(facts.Messages, m => m is { Message: KeyUpdate, From: Direction.Reverse });
        Assert.Contains(facts.Alerts, a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted, From: Direction.Forward });
        Assert.Empty(facts.Unparsed);
        AllValid(facts, 3);
    }

    [Theory]
    [InlineData("renegotiation", 6)]
    [InlineData("renegotiation-cbc", 4)]
    public void A_renegotiation_is_opened_by_the_secret_of_its_own_hello(string name, int verifications)
    {
        var facts = Recorded(name).Finish();
        Assert.Equal(2, facts.Messages.Count(m => m.Message is ClientHello));
        Assert.Equal(2, facts.Messages.Count(m => m.Message is CertificateMessage));
        Assert.Equal(4, facts.Messages.Count(m => m.Message is Finished));
        Assert.Equal(4, facts.Steps.Count(s => s is ChangeCipherSpecStep));
        Assert.DoesNotContain(facts.Steps, s => s is EncryptedFlightStep);
        Assert.Contains(facts.Alerts, a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted });
        AllValid(facts, verifications);
    }

    [Fact]
    public void A_client_that_is_asked_later_shows_its_certificate_inside_the_connection()
    {
        var session = Recorded("later-authentication");
        var facts = session.Finish();
        Assert.Equal(ClientCertificateState.Sent, facts.ClientCertificate);
        Assert.Equal("CN=one.example", facts.ClientCertificates[0].Certificate.Subject);
        Assert.Equal(3, facts.Messages.Count(m => m.Message is Finished));
        AllValid(facts, 5);
        var http = Assert.IsType<HttpFacts>(Assert.Single(session.Inside()));
        Assert.Equal(("GET /private HTTP/1.1", "HTTP/1.1 200 OK"), (http.Request, http.Response));
    }

    [Theory]
    [MemberData(nameof(Handshakes))]
    public void Every_kind_of_record_protection_is_opened_to_the_end(string name)
    {
        var recorded = RecordedHandshake.Walk(name);
        var secrets = new SecretStore();
        Assert.True(ClientRandom.TryRead(recorded.Records[0].Bytes.AsSpan(11, 32), out var random));
        var line = File.ReadLines(Path.Combine(RecordedHandshake.Folder, name + ".txt")).First(l => l.StartsWith("CLIENT_RANDOM ", StringComparison.Ordinal));
        Assert.True(secrets.TryAdd(random, SecretLabel.MasterSecret, Convert.FromHexString(line.Split(' ')[1])));
        var session = Play(secrets, recorded.Records.Select(r => (r.From == Side.Client, r.Bytes)));
        var facts = session.Finish();
        Assert.Equal(2, facts.Messages.Count(m => m.Message is Finished));
        Assert.DoesNotContain(facts.Steps, s => s is EncryptedFlightStep);
        Assert.Equal(recorded.Alerts, facts.Alerts.Count(a => a.Alert is not null));
        Assert.DoesNotContain(facts.Verifications, p => p.Verdict == VerificationVerdict.Invalid);
        Assert.Equal(2, facts.Verifications.Count(p => p is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Valid }));
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public void The_traces_of_rfc_8448_are_told_message_by_message(string name)
    {
        var trace = Rfc8448Trace.Load(name);
        var secrets = new SecretStore();
        Assert.True(ClientRandom.TryRead(trace["client_hello"].AsSpan(11, 32), out var random));
        Add(SecretLabel.ClientHandshakeTraffic, trace.ClientHandshake);
        Add(SecretLabel.ServerHandshakeTraffic, trace.ServerHandshake);
        Add(SecretLabel.ClientTraffic, trace.ClientTraffic);
        Add(SecretLabel.ServerTraffic, trace.ServerTraffic);
        if (trace.ClientEarly is { } early) Add(SecretLabel.ClientEarlyTraffic, early);
        string[] order = ["client_hello_1", "hello_retry_request", "client_hello", "client_early_data", "server_hello", "server_flight", "client_end_of_early_data",
            "client_flight", "server_ticket", "client_data", "server_data", "client_alert", "server_alert"];
        var session = Play(secrets, order.Where(trace.Has).Select(n => (n.StartsWith("client", StringComparison.Ordinal), trace[n])));
        var facts = session.Finish();
        foreach (var (place, bytes) in trace.Messages)
        {
            var from = place.Item1 == Side.Client ? Direction.Forward : Direction.Reverse;
            Assert.Equal(bytes, facts.Messages.First(m => m.From == from && m.Message.Type.Code == place.Item2).Bytes.ToArray());
        }

        Assert.Equal(2, facts.Alerts.Count(a => a is { Alert.Description.Code: 0, Provenance: Provenance.Decrypted }));
        Assert.Equal(OutcomeClass.Established, session.Outcome().Class);
        Assert.Equal(trace.Has("client_early_data") ? EarlyDataState.Accepted : EarlyDataState.None, facts.EarlyData);
        Assert.Empty(facts.Unparsed);
        AllValid(facts, name switch { "Resumed0Rtt" => 2, "ClientAuthentication" => 4, _ => 3 });

        void Add(SecretLabel label, Secret secret) => Assert.True(secrets.TryAdd(random, label, secret.Span));
    }

    internal static TlsTalk Recorded(string name)
    {
        var path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Session", "Recorded", name + ".txt");
        var lines = File.ReadAllLines(path);
        var secrets = new SecretStore();
        foreach (var line in lines.Where(l => l.StartsWith("KEY ", StringComparison.Ordinal))) KeyLog.Read(System.Text.Encoding.ASCII.GetBytes(line[4..]), secrets);
        return Play(secrets, lines.Where(l => l[0] is '<' or '>').Select(l => (l[0] == '>', Convert.FromHexString(l[2..]))));
    }

    internal static TlsTalk Play(SecretStore secrets, IEnumerable<(bool IsClient, byte[] Bytes)> records)
    {
        var session = new TlsTalk(new TlsSetting(AnalyzerLimits.Default) { Secrets = secrets, Inner = client => new HttpSession(Provenance.Decrypted, client) });
        foreach (var (isClient, bytes) in records)
        {
            if (isClient) session.Client(bytes);
            else session.Server(bytes);
        }

        return session;
    }

    private static void AllValid(TlsFacts facts, int count)
    {
        Assert.All(facts.Verifications, p => Assert.Equal((VerificationVerdict.Valid, null), (p.Verdict, p.Why)));
        Assert.Equal(count, facts.Verifications.Count);
    }
}
