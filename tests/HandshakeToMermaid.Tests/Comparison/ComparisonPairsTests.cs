using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Comparison;

/// <summary>Two captures of real programs between which one thing was changed: that is the first difference.</summary>
public sealed class ComparisonPairsTests
{
    [Theory]
    [InlineData("version", "ServerHello", "version", "TLS 1.3", "TLS 1.2")]
    [InlineData("suite", "ClientHello", "cipher suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_EMPTY_RENEGOTIATION_INFO_SCSV", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_EMPTY_RENEGOTIATION_INFO_SCSV")]
    [InlineData("alpn", "ClientHello", "ALPN", "h2,http/1.1", "http/1.1")]
    [InlineData("chain", "Certificate", "chain", "CN=www.example.com,CN=Example Issuing CA", "CN=www.example.com")]
    [InlineData("mtls", "Certificate", "chain", "CN=client 1", "")]
    [InlineData("sni", "ClientHello", "SNI", "www.example.com", "shop.example.com")]
    [InlineData("resumption", "ServerHello", "session", "resumed", "")]
    public void What_was_changed_is_the_first_difference(string pair, string step, string field, string good, string bad)
    {
        var first = OfPair(pair).First!;
        Assert.Equal((step, field, good, bad), (first.Place, first.Field, string.Join(',', first.Good), string.Join(',', first.Bad)));
    }

    [Fact]
    public void A_client_without_a_certificate_is_not_taken_for_another_server()
        => Assert.Equal("a client without a certificate, or with none from a CA that the server accepts", OfPair("mtls").First!.Meaning);

    [Fact]
    public void A_path_that_loses_large_packets_shows_as_a_loss()
    {
        var first = Compare(Gallery.Read("post-quantum-hello"), Gallery.Read("large-client-hello-lost")).First!;
        Assert.Equal((DifferenceKind.OnlyBad, "Retransmission"), (first.Kind, first.Place));
        Assert.NotNull(first.Meaning);
    }

    [Fact]
    public void Two_runs_of_the_same_handshake_do_not_differ() => Assert.Empty(OfPair("same").Differences);

    [Fact]
    public void Every_changed_field_is_listed()
    {
        var fields = OfPair("ten").Differences.Where(d => d.Kind == DifferenceKind.Value).Select(d => $"{d.Place}: {d.Field}");
        Assert.Equal(
            [
                "ClientHello: SNI", "ClientHello: ALPN", "ClientHello: cipher suites", "ClientHello: groups", "ClientHello: signature algorithms", "ClientHello: extensions",
                "ServerHello: cipher suite", "ServerHello: ALPN", "ServerHello: extensions", "Certificate: chain", "Certificate: names", "ServerKeyExchange: group", "ServerKeyExchange: signature algorithm",
            ],
            fields);
    }

    private static ConnectionComparison OfPair(string name) => Compare(Reading.Of(PathOf($"{name}-good.pcap")), Reading.Of(PathOf($"{name}-bad.pcap")));

    private static ConnectionComparison Compare(IReadOnlyList<DiagnosedConnection> good, IReadOnlyList<DiagnosedConnection> bad) => Assert.Single(CaptureComparison.Of(good, bad).Pairs);

    private static string PathOf(string file) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Comparison", "Pairs", file);
}
