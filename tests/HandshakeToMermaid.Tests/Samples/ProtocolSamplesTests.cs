using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Tests.Samples;

/// <summary>Every protocol of the catalog can be seen in the gallery.</summary>
public sealed class ProtocolSamplesTests
{
    /// <summary>Protocol, sample, and words of its diagram that only this protocol writes.</summary>
    private static readonly (Type Protocol, string Sample, string Shows)[] Shown =
    [
        (typeof(DnsObserver), "nxdomain", "A query · "),
        (typeof(DnsStreamProtocol), "dns-tcp-fallback", "query over TCP"),
        (typeof(TlsProtocol), "tls13-success", "ClientHello"),
        (typeof(HttpProtocol), "plain-http-to-tls-port", "GET / HTTP/1.1"),
        (typeof(StartTlsProtocol), "starttls-smtp", "STARTTLS (SMTP)"),
        (typeof(DtlsProtocol), "dtls12-success", "DTLS 1.2 · "),
        (typeof(QuicProtocol), "quic-success", "in QUIC v1 · "),
        (typeof(RadiusProtocol), "eap-tls", "EAP over RADIUS"),
        (typeof(EapolProtocol), "eapol-tls", "EAPOL-Start"),
    ];

    /// <summary>What a protocol implements to be listed in the catalog.</summary>
    private static readonly Type[] Contracts = [typeof(IStreamProtocol), typeof(IDatagramFlowProtocol), typeof(IDatagramProtocol)];

    public static TheoryData<string> Protocols => [.. typeof(IStreamProtocol).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && Contracts.Any(c => c.IsAssignableFrom(type))).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_protocol_is_shown_by_a_sample(string protocol)
    {
        var shown = Shown.Where(s => s.Protocol.Name == protocol).ToList();
        Assert.True(shown.Count > 0, $"no sample is named that shows {protocol}");
        Assert.All(shown, s => Assert.Contains(s.Shows, File.ReadAllText(Checkout.PathOf("samples", s.Sample, "diagram.mmd")), StringComparison.Ordinal));
    }
}
