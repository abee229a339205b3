using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>For rules that no sample was recorded of: handshakes where each must speak, and such that look alike.</summary>
internal sealed class PlayedRulePairs : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");
    private readonly CertificateMint leaf;

    public PlayedRulePairs()
    {
        leaf = CertificateMint.Leaf(root);
        ByCode = new Dictionary<string, (Func<IReadOnlyList<Finding>> Speaks, Func<IReadOnlyList<Finding>> Silent)>
        {
            ["certificate-weak-signature"] = (() => Refused(42, CertificateMint.SignedWithSha1()), () => Refused(42, Chain)),
            ["certificate-key-usage"] = (() => Refused(43, LeafForClients(), root.Der), () => Refused(43, Chain)),
            ["signature-invalid"] = (() => Refused(51, Forged(), root.Der), () => Refused(51, Chain)),
            ["pin-mismatch"] = (() => Pinned(OtherPin), () => Pinned(OtherPin, OwnPin)),
            ["ocsp-staple-expired"] = (() => All(Moved(Sample.PathOf("ocsp-staple"), 20)), () => All(File.ReadAllBytes(Sample.PathOf("ocsp-staple")))),
            ["downgrade-detected"] = (() => Marked(TlsBytes.ClientHello13()), () => Marked(TlsBytes.ClientHello12())),
            ["weak-cipher-suite"] = (() => All(PlayedHandshake.Completed(0x000A, chain: Chain)), () => All(PlayedHandshake.Completed(0x002F, chain: Chain))),
            ["compression-enabled"] = (() => Compressed("deflate"), () => Compressed("none")),
            ["slow-client"] = (() => All(PlayedHandshake.Completed(pause: "+900ms;", chain: Chain)), () => All(PlayedHandshake.Completed(pause: "+90ms;", chain: Chain))),
            ["slow-network"] = (() => Distant(600), () => Distant(60)),
            ["no-close-notify"] = (() => All(PlayedHandshake.Completed(hasClosingAlert: false, chain: Chain)), () => All(PlayedHandshake.Completed(chain: Chain))),
            ["ech-rejected"] = (() => WithEch(121), () => WithEch(80)),
            ["proxy-refused"] = (() => AnsweredByProxy("403 Forbidden"), () => AnsweredByProxy("407 Proxy Authentication Required")),
            ["tunnel-handshake-failed"] = (() => ThroughHttpsProxy("untrusted"), () => ThroughHttpsProxy("opened")),
            ["eap-refused"] = (() => Eap("peap-refused"), () => Eap("peap")),
            ["proxy-authentication-required"] = (() => AnsweredByProxy("407 Proxy Authentication Required"), () => AnsweredByProxy("403 Forbidden")),
            ["finished-invalid"] = (FinishedOfAnotherHandshake, () => Reading.OfSample("tls13-success")[^1].Findings),
        };
    }

    /// <summary>By code: what is found where the rule must speak, and where it must not.</summary>
    public IReadOnlyDictionary<string, (Func<IReadOnlyList<Finding>> Speaks, Func<IReadOnlyList<Finding>> Silent)> ByCode { get; }

    private byte[][] Chain => [leaf.Der, root.Der];

    private CertificatePin OwnPin => CertificatePin.Parse(CertificatePin.Of(root.Read()))!;

    private static CertificatePin OtherPin => CertificatePin.Parse("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")!;

    /// <inheritdoc/>
    public void Dispose()
    {
        leaf.Dispose();
        root.Dispose();
    }

    private static IReadOnlyList<Finding> Compressed(string name) =>
        Assert.Single(Reading.Of(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Compression", name + ".pcap"))).Findings;

    private static IReadOnlyList<Finding> Eap(string name) =>
        Assert.Single(Reading.Of(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", name + ".pcap"))).Findings;

    private static IReadOnlyList<Finding> ThroughHttpsProxy(string name)
    {
        var path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "HttpsProxy", name + ".pcap");
        return Assert.Single(Reading.Of(path, Reading.WithSecrets(File.ReadAllBytes(Path.ChangeExtension(path, ".keys"))))).Findings;
    }

    private byte[] LeafForClients()
    {
        using var forClients = CertificateMint.Leaf(root, purpose: "1.3.6.1.5.5.7.3.2");
        return forClients.Der;
    }

    private byte[] Forged()
    {
        byte[] forged = [.. leaf.Der];
        forged[^1] ^= 1;
        return forged;
    }

    private IReadOnlyList<Finding> Pinned(params CertificatePin[] pins) => All(PlayedHandshake.Completed(chain: Chain), new AnalyzerOptions { Pins = pins });

    /// <summary>The server's random ends as that of one which was made to choose a lower version (RFC 8446 section 4.1.3).</summary>
    private IReadOnlyList<Finding> Marked(byte[] hello) =>
        All(PlayedHandshake.Completed(random: [.. TlsBytes.Fill(24, 0x51), .. "DOWNGRD\x01"u8], hello: hello, chain: Chain));

    private static IReadOnlyList<Finding> Distant(int milliseconds) => All(Of($"C SYN; +{milliseconds}ms; S SYN-ACK; C ACK;{Client(TlsBytes.Handshake(TlsBytes.ClientHello13()))}+{milliseconds}ms;"
        + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(900))));

    private static IReadOnlyList<Finding> AnsweredByProxy(string status) =>
        All(Of(Opened + Lines($"C 'CONNECT one.example:443 HTTP/1.1\r\n\r\n'; +5ms; S 'HTTP/1.1 {status}\r\n\r\n'; C ACK; C FIN; S FIN; C ACK"), 8080));

    private static IReadOnlyList<Finding> WithEch(byte alert)
    {
        var ech = TlsBytes.Extension(0xFE0D, TlsBytes.U8(0), TlsBytes.U16(1), TlsBytes.U16(1), TlsBytes.U8(7), TlsBytes.Vector16(TlsBytes.Fill(32)), TlsBytes.Vector16(TlsBytes.Fill(64)));
        return All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13("one.example", ech))) + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()))
            + Client(TlsBytes.Alert(2, alert)) + "C FIN; S FIN; C ACK"));
    }

    /// <summary>The server's Finished decrypts, but does not fit the messages before it.</summary>
    private static IReadOnlyList<Finding> FinishedOfAnotherHandshake()
    {
        var secret = TlsBytes.Fill(32, 0x20);
        var secrets = new SecretStore();
        Assert.True(ClientRandom.TryRead(TlsBytes.Fill(32, 0xC1), out var client));
        Assert.True(secrets.TryAdd(client, SecretLabel.ServerHandshakeTraffic, secret));
        var flight = Tls13Record.Protect(secret, 0, 22, TlsBytes.Join(TlsBytes.Message(8, TlsBytes.Vector16()), TlsBytes.Message(20, TlsBytes.Fill(32))));
        return All(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), flight)
            + Client(TlsBytes.Alert(2, 51)) + "C FIN; S FIN; C ACK"), new AnalyzerOptions { Secrets = secrets });
    }

    private static IReadOnlyList<Finding> Refused(byte alert, params byte[][] chain) => All(PlayedHandshake.Refused(alert, chain));

    private static IReadOnlyList<Finding> All(byte[] capture, AnalyzerOptions? options = null) => Reading.Of(capture, options).Connections[^1].Findings;
}
