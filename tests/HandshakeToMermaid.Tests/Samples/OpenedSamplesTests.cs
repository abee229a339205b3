using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Samples;

/// <summary>What the samples show once their secrets are used.</summary>
public sealed class OpenedSamplesTests
{
    public static TheoryData<string> WithKeys => [.. Directory.EnumerateDirectories(Checkout.PathOf("samples"))
        .Where(d => File.Exists(Path.Combine(d, "keys.log"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("tls13-aes128gcm", "TLS_AES_128_GCM_SHA256")]
    [InlineData("tls13-aes256gcm", "TLS_AES_256_GCM_SHA384")]
    [InlineData("tls13-chacha20", "TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData("tls13-aes128ccm", "TLS_AES_128_CCM_SHA256")]
    [InlineData("tls13-aes128ccm8", "TLS_AES_128_CCM_8_SHA256")]
    public void Each_cipher_suite_that_openssl_offers_is_opened_and_proved(string name, string suite)
    {
        var connection = Assert.Single(Reading.OfSample(name)).Connection;
        var facts = connection.FactsOf<TlsFacts>()!;
        Assert.Equal(suite, facts.CipherSuite!.Value.Name);
        Assert.Equal(
            "client_hello server_hello encrypted_extensions certificate certificate_verify finished finished",
            string.Join(' ', facts.Messages.Where(m => m.Message is not NewSessionTicket).Select(m => m.TypeName)));
        Assert.All(facts.Messages.Skip(2), m => Assert.Equal(Provenance.Decrypted, m.Provenance));
        Assert.Equal(["certificate_verify", "finished", "finished"], Proved(facts));
        Assert.Equal("GET /index.html HTTP/1.0", connection.FactsOf<HttpFacts>()!.Request);
        Assert.Equal(Confidence.Certain, connection.Outcome.Confidence);
        Assert.Empty(connection.Unparsed);
    }

    [Fact]
    public void Both_certificates_of_mutual_tls_are_shown_and_proved()
    {
        var facts = Only("mutual-tls13");
        Assert.Equal(ClientCertificateState.Sent, facts.ClientCertificate);
        Assert.NotEmpty(facts.ClientCertificates);
        Assert.NotEmpty(facts.ServerCertificates);
        Assert.Equal(["certificate_verify", "finished", "certificate_verify", "finished"], Proved(facts));
    }

    [Fact]
    public void A_client_that_is_refused_late_is_told_why()
    {
        var connection = Assert.Single(Reading.OfSample("client-certificate-required-tls13")).Connection;
        Assert.Equal((OutcomeClass.RejectedLate, Confidence.Certain, OutcomeActor.Server), (connection.Outcome.Class, connection.Outcome.Confidence, connection.Outcome.By));
        var facts = connection.FactsOf<TlsFacts>()!;
        Assert.Equal(ClientCertificateState.Empty, facts.ClientCertificate);
        var alert = Assert.Single(facts.Alerts, a => a.IsFatal);
        Assert.Equal(("certificate_required", Provenance.Decrypted, connection.Outcome.Frame), (alert.Alert!.Value.Description.Name, alert.Provenance, alert.Last.Frame));
    }

    [Theory]
    [InlineData("tls13-0rtt", EarlyDataState.Accepted)]
    [InlineData("early-data-rejected", EarlyDataState.Rejected)]
    internal void What_became_of_early_data_is_shown_with_the_request_in_it(string name, EarlyDataState expected)
    {
        var connection = Reading.OfSample(name)[1].Connection;
        var facts = connection.FactsOf<TlsFacts>()!;
        Assert.Equal((expected, TlsResumption.Psk), (facts.EarlyData, facts.Resumption));
        var http = connection.FactsOf<HttpFacts>()!;
        Assert.Equal(("GET /index.html HTTP/1.0", "HTTP/1.1 200 OK"), (http.Request, http.Response));

        // What was read of it is drawn once, by the request; early data that was refused is said again, and only then does it count.
        var early = facts.Steps.OfType<ApplicationDataStep>().Where(s => s.IsEarly).ToList();
        Assert.Equal(expected == EarlyDataState.Rejected ? [(true, Provenance.Decrypted)] : [], early.Select(e => (e.IsRefused, e.Provenance)));
        Assert.Equal(expected == EarlyDataState.Accepted, http.Steps[0].IsEarlyData);
        var serverHello = facts.Messages.First(m => m.TypeName == "server_hello");
        Assert.Equal(expected == EarlyDataState.Accepted, serverHello.Last.IsAfter(http.Steps[0].Last));
        Assert.Equal(expected == EarlyDataState.Accepted, facts.Messages.Any(m => m.TypeName == "end_of_early_data"));
        Assert.Equal(["finished", "finished"], Proved(facts));
    }

    [Fact]
    public void An_exchange_in_http_2_is_shown_by_its_first_request_and_status()
    {
        var connection = Assert.Single(Reading.OfSample("http2")).Connection;
        Assert.Equal("h2", connection.FactsOf<TlsFacts>()!.AlpnProtocol);
        var http = connection.FactsOf<HttpFacts>()!;
        Assert.Equal(("GET / HTTP/2", "HTTP/2 200"), (http.Request, http.Response));
        var drawing = Drawing.Of([new DiagnosedConnection(connection, [])], new DiagramOptions(), 8).Text;
        Assert.Contains("GET / HTTP/2", drawing, StringComparison.Ordinal);
        Assert.Contains("HTTP/2 200", drawing, StringComparison.Ordinal);
        Assert.Contains("decrypted", drawing, StringComparison.Ordinal);
        Assert.Contains("ECDSA P-256", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_certificate_is_seen_and_so_is_the_client_that_refused_it()
    {
        var connection = Assert.Single(Reading.OfSample("expired-certificate-tls13")).Connection;
        Assert.Equal((OutcomeClass.Alert, OutcomeActor.Client), (connection.Outcome.Class, connection.Outcome.By));
        var facts = connection.FactsOf<TlsFacts>()!;
        // The client had not yet changed its keys: its alert needs none.
        Assert.Contains(facts.Alerts, a => a is { Alert.Description.Name: "certificate_expired", Provenance: Provenance.Clear });
        Assert.True(facts.ServerCertificates[0].Certificate.NotAfter < connection.First.Time);
    }

    [Theory]
    [MemberData(nameof(WithKeys))]
    public void No_secret_is_in_any_output(string name)
    {
        var connections = Reading.OfSample(name);
        var output = new StringBuilder(Drawing.Of(connections, new DiagramOptions { Detail = Detail.Full }, 8).Text);
        foreach (var connection in connections)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
            output.Append(Encoding.UTF8.GetString(stream.ToArray()));
            foreach (var facts in connection.Connection.Facts) output.Append(facts);
        }

        var text = output.ToString();
        foreach (var line in File.ReadLines(Checkout.PathOf("samples", name, "keys.log")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            Assert.DoesNotContain(line.Split(' ')[2][..16], text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static TlsFacts Only(string name) => Assert.Single(Reading.OfSample(name)).Connection.FactsOf<TlsFacts>()!;

    private static IEnumerable<string> Proved(TlsFacts facts)
    {
        Assert.All(facts.Verifications, p => Assert.Equal(VerificationVerdict.Valid, p.Verdict));
        return facts.Verifications.Select(p => p.What switch { VerificationSubject.Finished => "finished", VerificationSubject.CertificateVerify => "certificate_verify", var other => other.ToString() });
    }
}
