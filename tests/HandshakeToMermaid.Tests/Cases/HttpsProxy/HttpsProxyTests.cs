using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Facts;

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

    private static DiagnosedConnection Read(string name)
    {
        var path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "HttpsProxy", name + ".pcap");
        return Assert.Single(Reading.Of(path, Reading.WithSecrets(File.ReadAllBytes(Path.ChangeExtension(path, ".keys")))));
    }
}
