using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagnosis.Rules;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Cases.HttpsProxy;

/// <summary>Captures of this folder (see record.sh): a proxy that is spoken to within TLS.</summary>
public sealed class HttpsProxyTests
{
    [Fact]
    public void CONNECT_within_TLS_is_named_and_what_passes_through_is_said_to_be_unread()
    {
        var found = Read("opened");
        var http = found.Connection.FactsOf<HttpFacts>()!;
        Assert.Equal(("CONNECT localhost:7445 HTTP/1.1", 200), (http.Request, http.Status));
        Assert.Equal("proxy.example", found.Connection.Server.Name);
        Assert.True(found.Connection.FactsOf<TlsFacts>()!.IsDecrypted);
        Assert.Equal("what passes through the tunnel inside TLS was not read", Assert.Single(found.Connection.Unparsed).Detail);
        Assert.DoesNotContain(found.Findings, f => f.Code.StartsWith("proxy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_within_TLS_is_a_finding()
    {
        var found = Read("refused");
        Assert.Equal("inside TLS it answered HTTP 403", Assert.Single(found.Findings, f => f.Code == "proxy-refused").Cause);
        Assert.Empty(found.Connection.Unparsed);
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

    private static DiagnosedConnection Read(string name)
    {
        var path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "HttpsProxy", name + ".pcap");
        return Assert.Single(Reading.Of(path, Reading.WithSecrets(File.ReadAllBytes(Path.ChangeExtension(path, ".keys")))));
    }
}
