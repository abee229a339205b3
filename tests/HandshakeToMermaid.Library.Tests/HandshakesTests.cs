using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace HandshakeToMermaid.Tests;

/// <summary>The library as a program uses it.</summary>
public sealed class HandshakesTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateDirectories(Checkout.PathOf("samples"))
        .Where(d => Directory.EnumerateFiles(d, "capture.pcap*").Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_of_one_handshake_is_drawn_as_its_diagram_shows(string name)
    {
        var found = Handshakes.Read(Capture(name), WithKeys(name)).ToList();
        Assert.NotEmpty(found);
        Assert.Equal(Enumerable.Range(1, found.Count), found.Select(h => h.Number));
        if (found.Count > 1) return;
        Assert.Equal(File.ReadAllText(Checkout.PathOf("samples", name, "diagram.mmd")).ReplaceLineEndings("\n"), found[0].ToMermaid());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Properties_say_what_json_says(string name)
    {
        foreach (var handshake in Handshakes.Read(Capture(name), WithKeys(name)))
        {
            using var document = JsonDocument.Parse(handshake.ToJson());
            var json = document.RootElement;
            Assert.Equal(json.GetProperty("id").GetInt32(), handshake.Number);
            Assert.Equal(json.GetProperty("protocol").GetString(), handshake.Transport);
            Assert.Equal(json.GetProperty("server").GetProperty("name").GetString(), handshake.Server.Name);
            // EAPOL has link-layer addresses, which are no IPAddress.
            Assert.Equal(handshake.Transport == "eapol" ? null : json.GetProperty("client").GetProperty("address").GetString(), handshake.Client.Address?.ToString());
            Assert.Equal(json.GetProperty("outcome").GetProperty("class").GetString(), handshake.Outcome.Name);
            Assert.Equal(json.GetProperty("outcome").GetProperty("class").GetString() == "established", handshake.Outcome.IsEstablished);
            Assert.Equal(json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()), handshake.Findings.Select(f => f.Code));
            Assert.Equal(json.GetProperty("unread").EnumerateArray().Select(u => u.GetProperty("what").GetString()), handshake.Unparsed.Select(u => u.Reason));
            Assert.Equal(json.GetProperty("timing").GetProperty("waits").GetArrayLength(), handshake.Timing.Waits.Count);
            var total = json.GetProperty("timing").GetProperty("total_ms");
            Assert.Equal(total.ValueKind == JsonValueKind.Null ? null : total.GetDouble(), handshake.Duration?.TotalMilliseconds ?? null, (a, b) => a is null ? b is null : Math.Abs(a.Value - b!.Value) < 0.001);
            Assert.Equal(json.TryGetProperty("tls", out var tls), handshake.Tls is not null);
            if (handshake.Tls is null) continue;
            Assert.Equal(tls.GetProperty("version").GetString(), handshake.Tls.Version);
            Assert.Equal(tls.GetProperty("cipher_suite").GetString(), handshake.Tls.CipherSuite);
            Assert.Equal(tls.GetProperty("sni").GetString(), handshake.Tls.ServerName);
            Assert.Equal(tls.GetProperty("alpn").GetString(), handshake.Tls.ApplicationProtocol);
            Assert.Equal(tls.GetProperty("certificates").EnumerateArray().Select(c => c.GetProperty("sha256").GetString()), handshake.Certificates.Select(c => c.Sha256));
        }
    }

    [Fact]
    public void A_failed_handshake_says_what_failed_and_where()
    {
        var handshake = Assert.Single(Handshakes.Read(Capture("expired-certificate")));
        Assert.True(handshake.IsFailed);
        Assert.Equal("TLS 1.2 handshake with www.example.com, failed", handshake.ToString());
        Assert.Equal(new HandshakeEndpoint(IPAddress.Parse("203.0.113.55"), 443, "www.example.com"), handshake.Server);
        Assert.Equal("alert", handshake.Outcome.Name);
        Assert.Equal(HandshakeActor.Client, handshake.Outcome.DecidedBy);
        var finding = handshake.Findings[0];
        Assert.Equal(("certificate-expired", FindingSeverity.Error, HandshakeConfidence.Verified), (finding.Code, finding.Severity, finding.Confidence));
        Assert.Contains("CERT_HAS_EXPIRED", finding.Aliases);
        var steps = handshake.Steps;
        Assert.Equal(("A query", HandshakeActor.Client, HandshakeActor.Resolver, "192.0.2.53", "dns"), (steps[0].Title, steps[0].From, steps[0].To, steps[0].ThirdParty, steps[0].Phase));
        Assert.Equal((HandshakeActor.Resolver, HandshakeActor.Client), (steps[1].From, steps[1].To));
        var hello = steps.Single(s => s.Title == "ClientHello");
        Assert.Equal(("tls", HandshakeActor.Client, HandshakeActor.Server, StepProvenance.Clear, false), (hello.Phase, hello.From, hello.To, hello.Provenance, hello.IsFailure));
        Assert.Contains("SNI www.example.com", hello.Details);
        Assert.Contains(steps, s => s is { IsFailure: true, From: HandshakeActor.Client } && s.Title.StartsWith("Alert", StringComparison.Ordinal));
        Assert.All(steps, s => Assert.Equal(handshake.Start + s.Elapsed, s.Time, TimeSpan.FromTicks(1)));
        var leaf = handshake.Certificates[0];
        Assert.Equal((0, HandshakeActor.Server, "CN=www.example.com"), (leaf.Position, leaf.Sender, leaf.Subject));
        using var read = X509CertificateLoader.LoadCertificate(leaf.RawData.Span);
        Assert.Equal(read.NotAfter.ToUniversalTime(), leaf.NotAfter!.Value.UtcDateTime);
    }

    [Fact]
    public void Two_lanes_of_a_visit_name_each_other_as_in_JSON()
    {
        var found = Handshakes.Read(Capture("quic-race")).Where(h => h.Visit is not null).ToList();
        Assert.Equal(["quic", "tcp"], found.Select(h => h.Visit!.Lane).Order(StringComparer.Ordinal));
        Assert.Single(found.Select(h => h.Visit!.Id).Distinct());
        foreach (var handshake in found)
        {
            using var parsed = JsonDocument.Parse(handshake.ToJson());
            var (json, visit) = (parsed.RootElement.GetProperty("visit"), handshake.Visit!);
            Assert.Equal((json.GetProperty("id").GetInt64(), json.GetProperty("reason").GetString(), json.GetProperty("text").GetString()), (visit.Id, visit.Reason, visit.Text));
            Assert.Equal(json.GetProperty("confidence").GetString() == "proved", visit.Confidence == HandshakeConfidence.Verified);
            Assert.Equal(json.GetProperty("frames").EnumerateArray().Select(f => f.GetInt64()), visit.Frames);
            var other = json.GetProperty("other");
            Assert.Equal((other.GetProperty("address").GetString(), other.GetProperty("port").GetInt32(), other.GetProperty("first_frame").GetInt64()), (visit.OtherAddress.ToString(), visit.OtherPort, visit.OtherFirstFrame));
            Assert.Contains(found, h => h != handshake && h.Server.Port == visit.OtherPort && h.Server.Address!.Equals(visit.OtherAddress));
        }

        Assert.All(Handshakes.Read(Capture("two-visits")), h => Assert.Null(h.Visit));
    }

    [Fact]
    public void Several_captures_are_read_as_one()
    {
        var found = Handshakes.Read([Capture("expired-certificate"), Capture("nxdomain")]).ToList();
        Assert.Equal(["alert", "dns_error"], found.Select(h => h.Outcome.Name).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], found.Select(h => h.Number));
    }

    [Fact]
    public void A_capture_can_be_enumerated_again()
    {
        var found = Handshakes.Read(Capture("expired-certificate"));
        Assert.Equal(found.Single().ToJson(), found.Single().ToJson());
    }

    [Fact]
    public void A_stream_is_read_once()
    {
        var found = Handshakes.Read(File.OpenRead(Capture("expired-certificate")));
        Assert.Equal("expired-certificate", string.Join('-', found.Single().Findings[0].Code.Split('-').Reverse()));
        Assert.Throws<InvalidOperationException>(() => found.Any());
    }

    [Fact]
    public void What_cannot_be_read_is_thrown_where_it_is_enumerated()
    {
        var missing = Handshakes.Read(Checkout.PathOf("missing.pcap"));
        Assert.Contains("does not exist", Assert.Throws<HandshakeReadException>(() => missing.Any()).Message, StringComparison.Ordinal);
        Assert.Throws<HandshakeReadException>(() => Handshakes.Read(Checkout.PathOf("README.md")).Any());
        Assert.Throws<HandshakeReadException>(() => Handshakes.Read(new MemoryStream([1, 2, 3, 4, 5])).Any());
        Assert.Contains("key log", Assert.Throws<HandshakeReadException>(() => Handshakes.Read(Capture("http2"), new HandshakeOptions { KeyLogFiles = ["missing.keys"] }).Any()).Message, StringComparison.Ordinal);
        Assert.Throws<HandshakeReadException>(() => Handshakes.Read(Capture("http2"), new HandshakeOptions { TrustAnchorFiles = [Checkout.PathOf("README.md")] }).Any());
    }

    [Fact]
    public void Wrong_arguments_are_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => Handshakes.Read((string)null!));
        Assert.Throws<ArgumentNullException>(() => Handshakes.Read((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => Handshakes.Read((string[])null!));
        Assert.Throws<ArgumentException>(() => Handshakes.Read([]));
        Assert.Throws<ArgumentException>(() => Handshakes.ReadLiveAsync(""));
        Assert.Throws<ArgumentException>(() => new HandshakeOptions { Pins = ["sha256/short"] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeOptions { MaxThreads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeOptions { HandshakeTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeLimits { MaxMessages = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeLimits { DnsTimeout = TimeSpan.FromMilliseconds(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeDiagramOptions { MaxCharacters = -1 });
    }

    [Fact]
    public void Options_decrypt_name_and_judge()
    {
        var keys = Checkout.PathOf("samples", "tls13-success", "keys.log");
        var byFile = Handshakes.Read(Capture("tls13-success"), new HandshakeOptions { KeyLogFiles = [keys] }).First();
        var byText = Handshakes.Read(Capture("tls13-success"), new HandshakeOptions { KeyLogText = File.ReadAllText(keys) }).First();
        Assert.True(byFile.Tls!.IsDecrypted);
        Assert.Equal(byFile.ToJson(), byText.ToJson());
        Assert.Contains(byFile.Steps, s => s.Provenance == StepProvenance.Decrypted);
        Assert.False(Handshakes.Read(Capture("tls13-success")).First().Tls!.IsDecrypted);

        var client = Handshakes.Read(Capture("expired-certificate"), new HandshakeOptions { Names = new Dictionary<IPAddress, string> { [IPAddress.Parse("192.0.2.10")] = "laptop" } }).Single().Client;
        Assert.Equal("laptop", client.Name);

        var pinned = Handshakes.Read(Capture("expired-certificate"), new HandshakeOptions { Pins = [$"sha256/{Convert.ToBase64String(new byte[32])}"] }).Single();
        Assert.Contains(pinned.Findings, f => f.Code == "pin-mismatch");
    }

    [Fact]
    public void Trust_is_judged_by_the_anchors_that_are_given()
    {
        var capture = Capture("mutual-tls12");
        var sent = Handshakes.Read(capture).First().Certificates;
        using var authority = X509CertificateLoader.LoadCertificate(sent.Where(c => c.Sender == HandshakeActor.Server).Last().RawData.Span);
        using var other = X509CertificateLoader.LoadCertificate(Handshakes.Read(Capture("self-signed")).First().Certificates[0].RawData.Span);
        Assert.Contains("\"authority\",\"passed\":true", Json(authority), StringComparison.Ordinal);
        Assert.DoesNotContain("\"authority\",\"passed\":true", Json(other), StringComparison.Ordinal);

        string Json(X509Certificate2 anchor) => Handshakes.Read(capture, new HandshakeOptions { TrustAnchors = [anchor] }).First().ToJson();
    }

    [Fact]
    public void A_limit_that_is_reached_is_reported()
    {
        var handshake = Handshakes.Read(Capture("expired-certificate"), new HandshakeOptions { Limits = new HandshakeLimits { MaxMessages = 2 } }).Single();
        Assert.Contains(handshake.Unparsed, u => u.Reason == "cap");
    }

    [Fact]
    public void The_summary_says_what_could_not_be_read()
    {
        HandshakeReadSummary? whole = null, cut = null;
        Assert.Single(Handshakes.Read(Capture("expired-certificate"), new HandshakeOptions { Completed = s => whole = s }));
        Assert.Equal(1, whole!.Handshakes);
        Assert.Empty(whole.Warnings);

        var bytes = File.ReadAllBytes(Capture("expired-certificate"));
        Assert.Single(Handshakes.Read(new MemoryStream(bytes[..^7]), new HandshakeOptions { Completed = s => cut = s }));
        Assert.Equal(whole.Frames - 1, cut!.Frames);
        Assert.Single(cut.Warnings);
    }

    [Fact]
    public void An_enumeration_that_ends_early_closes_the_stream_and_is_not_completed()
    {
        var isCompleted = false;
        var stream = File.OpenRead(Capture("http2"));
        foreach (var handshake in Handshakes.Read(stream, new HandshakeOptions { Completed = _ => isCompleted = true }))
        {
            Assert.Equal(1, handshake.Number);
            break;
        }

        Assert.False(stream.CanRead);
        Assert.False(isCompleted);
    }

    [Fact]
    public void A_stream_that_fails_fails_the_enumeration()
    {
        var thrown = Record.Exception(() => Handshakes.Read(new FailingStream(File.ReadAllBytes(Capture("expired-certificate"))[..200])).ToList());
        Assert.True(thrown is null or HandshakeReadException, $"{thrown}");
    }

    [Fact]
    public void A_handshake_can_be_drawn_by_several_threads_at_once()
    {
        var handshake = Handshakes.Read(Capture("tls13-success"), WithKeys("tls13-success")).First();
        var expected = Handshakes.Read(Capture("tls13-success"), WithKeys("tls13-success")).First();
        string[] wanted = [expected.ToMermaid(), expected.ToJson(), expected.ToText(), expected.ToSvg(), string.Join('\n', expected.Steps)];
        Parallel.For(0, 64, i =>
        {
            var made = (i % 5) switch { 0 => handshake.ToMermaid(), 1 => handshake.ToJson(), 2 => handshake.ToText(), 3 => handshake.ToSvg(), _ => string.Join('\n', handshake.Steps) };
            Assert.Equal(wanted[i % 5], made);
        });
    }

    [Fact]
    public void Diagrams_follow_their_options()
    {
        var handshake = Handshakes.Read(Capture("expired-certificate")).Single();
        var full = handshake.ToMermaid(new HandshakeDiagramOptions { Detail = DiagramDetail.Full, Time = DiagramTime.None, Title = "Incident 7" });
        Assert.Contains("accTitle: Incident 7", full, StringComparison.Ordinal);
        Assert.True(full.Length > handshake.ToMermaid(new HandshakeDiagramOptions { Detail = DiagramDetail.Brief }).Length);
        var fitted = handshake.ToMermaid(new HandshakeDiagramOptions { Detail = DiagramDetail.Full, MaxCharacters = 1900 });
        Assert.InRange(fitted.Length, 1, 1900);
        Assert.Contains("Drawn with less detail", fitted, StringComparison.Ordinal);
        Assert.Contains("certificate_expired", handshake.ToMermaid(new HandshakeDiagramOptions { MaxCharacters = 1 }), StringComparison.Ordinal);
        Assert.All(handshake.ToText(new HandshakeDiagramOptions { TextWidth = 60 }).Split('\n'), line => Assert.InRange(line.Length, 0, 60));
        Assert.StartsWith("<svg", handshake.ToSvg(), StringComparison.Ordinal);
    }

    private static string Capture(string sample) => Directory.EnumerateFiles(Checkout.PathOf("samples", sample), "capture.pcap*").First();

    private static HandshakeOptions WithKeys(string sample)
    {
        var keys = Checkout.PathOf("samples", sample, "keys.log");
        return new HandshakeOptions { KeyLogFiles = File.Exists(keys) ? [keys] : [] };
    }
}
