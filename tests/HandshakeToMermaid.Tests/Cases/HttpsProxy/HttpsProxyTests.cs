using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagnosis.Rules;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Tests.Cases.HttpsProxy;

/// <summary>Captures of this folder (see record.sh): a proxy that is spoken to within TLS.</summary>
public sealed class HttpsProxyTests
{
    [Fact]
    public void TLS_inside_the_tunnel_is_read_beside_TLS_with_the_proxy()
    {
        var found = Read("opened");
        var connection = found.Connection;
        var (outer, proxy, inner) = (connection.FactsOf<TlsFacts>()!, connection.FactsOf<UpgradeFacts>()!, connection.FactsOf<InnerFacts>()!);
        Assert.Equal(("proxy.example", "localhost"), (outer.ServerName, inner.ServerName));
        Assert.Equal(("proxy.example", "localhost", "localhost"), (connection.Proxy!.Name, connection.Server.Name, proxy.Behind!.Host));
        Assert.Equal("CN=www.example", inner.Tls!.ServerCertificates[0].Certificate.Subject);
        Assert.True(inner.Tls.IsDecrypted && inner.Span!.Done.IsSet);
        Assert.All(inner.Tls.Verifications.Where(v => v.Verdict != VerificationVerdict.NotChecked), v => Assert.Equal(VerificationVerdict.Valid, v.Verdict));
        Assert.Equal(["tls", "http-connect"], connection.Facts.Select(f => f.Wrapper).OfType<string>());
        Assert.Equal(["tls", "proxy", "inner_tls", "http"], connection.Facts.Skip(1).Select(f => f.JsonKey));
        Assert.Empty(connection.Unparsed);
        Assert.DoesNotContain(found.Findings, f => f.Code.StartsWith("proxy", StringComparison.Ordinal));
    }

    /// <summary>What is known without keys stays: the handshake of the connection is the one with the proxy, its outcome and times are the connection's.</summary>
    [Fact]
    public void Without_keys_there_is_one_handshake_and_with_them_it_is_the_same()
    {
        var (without, with) = (Assert.Single(Reading.Of(PathOf("opened"))).Connection, Read("opened").Connection);
        Assert.Null(without.FactsOf<InnerFacts>());
        Assert.Equal(("proxy.example", null), (without.Server.Name, without.Proxy));
        Assert.Equal((without.Outcome.Class, without.Timing.Tcp), (with.Outcome.Class, with.Timing.Tcp));
        Assert.Equal(without.FactsOf<TlsFacts>()!.Done, with.FactsOf<TlsFacts>()!.Done);
    }

    [Fact]
    public void Where_only_the_keys_of_the_outer_handshake_are_known_the_inner_one_is_read_as_far_as_it_is_in_the_clear()
    {
        var keys = File.ReadAllText(Path.ChangeExtension(PathOf("opened"), ".keys"));
        var outer = Convert.ToHexStringLower(Read("opened").Connection.FactsOf<TlsFacts>()!.ClientHello!.SessionRandom.Span);
        var some = string.Join('\n', keys.Split('\n').Where(line => line.Contains(outer, StringComparison.OrdinalIgnoreCase))) + "\n";
        var connection = Assert.Single(Reading.Of(PathOf("opened"), Reading.WithSecrets(System.Text.Encoding.ASCII.GetBytes(some)))).Connection;
        var inner = connection.FactsOf<InnerFacts>()!;
        Assert.Equal(("localhost", false, true), (inner.ServerName, inner.Tls!.IsDecrypted, inner.Span!.Done.IsSet));
        Assert.DoesNotContain(inner.Steps, s => s.Provenance == Provenance.Clear);
        Assert.Contains(connection.Unparsed, u => u.What == UnparsedReason.NoKeys);
    }

    [Fact]
    public void A_refusal_within_TLS_is_a_finding()
    {
        var found = Read("refused");
        Assert.Equal("inside TLS it answered HTTP 403: Forbidden", Assert.Single(found.Findings, f => f.Code == "proxy-refused").Cause);
        Assert.Empty(found.Connection.Unparsed);
    }

    [Fact]
    public void A_request_for_credentials_behind_which_the_connection_ends_is_an_error()
    {
        var finding = Assert.Single(Read("credentials").Findings, f => f.Code == "proxy-authentication-required");
        Assert.Equal((Severity.Error, "inside TLS it answered HTTP 407: Proxy Authentication Required"), (finding.Severity, finding.Cause));

        // The end was not captured: a request with credentials may follow.
        var capture = MemoryCapture.Of("credentials", PathOf("credentials"), File.ReadAllBytes(Path.ChangeExtension(PathOf("credentials"), ".keys")));
        var last = capture.Frames.Count - 1;
        while (Assert.Single(capture.Read(capture.KeyLog)).Connection.Flow!.End is not null) capture = capture.DropFrames(last--);
        Assert.Equal(Severity.Warning, Assert.Single(Assert.Single(capture.Read(capture.KeyLog)).Findings, f => f.Code == "proxy-authentication-required").Severity);
    }

    [Fact]
    public void A_failure_inside_the_tunnel_is_a_finding_and_the_outer_handshake_stays_established()
    {
        var found = Read("untrusted");
        Assert.Equal(OutcomeClass.Established, found.Connection.Outcome.Class);
        Assert.Equal("inside the tunnel the client sent the alert unknown_ca before the handshake was complete", Assert.Single(found.Findings, f => f.Code == "tunnel-handshake-failed").Cause);
        Assert.Equal("Tunnel through proxy.example to localhost, failed", Headline.Title(found));
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("refused")]
    [InlineData("credentials")]
    [InlineData("untrusted")]
    public void Keys_contradict_nothing(string name)
    {
        var capture = MemoryCapture.Of(name, PathOf(name), File.ReadAllBytes(Path.ChangeExtension(PathOf(name), ".keys")));
        var (none, all) = (capture.Read(), capture.Read(capture.KeyLog));
        Assert.Empty(KnowledgeIsMonotone.Violations(none, all));
        foreach (var (what, keyLog) in KnowledgeIsMonotone.Parts(capture.KeyLog))
        {
            var some = capture.Read(keyLog);
            Assert.Empty(KnowledgeIsMonotone.Violations(none, some).Concat(KnowledgeIsMonotone.Violations(some, all)).Select(violation => $"{what}: {violation}"));
        }
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("refused")]
    [InlineData("credentials")]
    [InlineData("untrusted")]
    public void Lost_frames_invent_nothing(string name)
    {
        var keys = File.ReadAllBytes(Path.ChangeExtension(PathOf(name), ".keys"));
        var capture = MemoryCapture.Of(name, PathOf(name), keys);
        foreach (var way in Enum.GetValues<WayOfReading>())
        {
            var whole = capture.Read(keys, way);
            Assert.Empty(LossIsSaid.Losses(capture).SelectMany(loss => LossIsSaid.Violations(whole, loss.Left, keys, way).Select(v => $"{way}, {loss.What}: {v}")));
        }
    }

    /// <summary>Of HTTP/2 the first request alone is read: one with credentials may follow.</summary>
    [Fact]
    public void A_request_for_credentials_is_a_warning_where_what_follows_is_not_read()
    {
        var session = new HttpSession(Provenance.Decrypted, Direction.Forward);
        session.Bytes(Direction.Forward, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 30, 1, 4, 0, 0, 0, 1, 2, 7, .. "CONNECT"u8, 1, 19, .. "www.example.com:443"u8], At(1));
        session.Bytes(Direction.Reverse, [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5, 1, 4, 0, 0, 0, 1, 8, 3, .. "407"u8], At(2));
        var connection = new Connection
        {
            Capture = "made", Transport = "tcp", Client = new Party(null, null), Server = new Party(null, null), First = At(1), Last = At(2), Queries = [], Flow = null, Attempts = [],
            Facts = session.Finish(isClosed: true), Outcome = new Outcome(OutcomeClass.Established, Confidence.Certain, OutcomeActor.None, 1), Timing = new Timing(null, null, null, null, null, null, null),
        };
        var finding = new ProxyRefused().Examine(connection)!;
        Assert.Equal(("proxy-authentication-required", Severity.Warning, "inside TLS it answered HTTP 407"), (finding.Code, finding.Severity, finding.Cause));
    }

    private static FrameMark At(long frame) => new(frame, default);

    private static DiagnosedConnection Read(string name) => Assert.Single(Reading.Of(PathOf(name), Reading.WithSecrets(File.ReadAllBytes(Path.ChangeExtension(PathOf(name), ".keys")))));

    private static string PathOf(string name) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "HttpsProxy", name + ".pcap");
}
