using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>TLS handshakes whose parameters or certificates are at fault, or that one side ends.</summary>
internal sealed class PlayedSecurity : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");
    private readonly CertificateMint leaf;

    public PlayedSecurity()
    {
        leaf = CertificateMint.Leaf(root);
        Dictionary<string, (byte[], AnalyzerOptions?)> all = [];
        foreach (var alert in Alerts)
        {
            all[$"alert: {alert:000} of the server"] = (OfServer(alert == 86 ? TlsBytes.Message(1, TlsBytes.ClientHelloBody(0x0303, [0xC02F, 0x5600])) : TlsBytes.ClientHello13(), alert), null);
            all[$"alert: {alert:000} of the client"] = (PlayedHandshake.Refused(alert, Chain), null);
        }

        all["alert: 042 of the client, certificate encrypted"] = (Of($"{Opened}{Hello13} {Answer13} {Client(TlsBytes.Alert(2, 42))} C RST"), null);
        all["alert: 045 of the client, certificate not captured"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.ServerHello12()))} lost {Server(TlsBytes.Handshake(TlsBytes.Certificate12(500)))} {Server(TlsBytes.Handshake(TlsBytes.ServerHelloDone()))} C ACK; {Client(TlsBytes.Alert(2, 45))} {ClientCloses}"), null);
        all["alert: 048 of the client, certificate encrypted"] = (Of($"{Opened}{Hello13} {Answer13} {Client(TlsBytes.Alert(2, 48))} C RST"), null);
        all["alert: 070 of the client, TLS 1.0 selected"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, 0x0301))))} {Client(TlsBytes.Alert(2, 70))} {ClientCloses}"), null);
        all["alert: 086 of the server, hello not marked"] = (OfServer(TlsBytes.ClientHello12(), 86), null);
        all["alert: 112 of the server, no name sent"] = (OfServer(TlsBytes.Message(1, TlsBytes.ClientHelloBody()), 112), null);
        all["alert: 112 of the server as a warning"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Alert(1, 112))} {Established12(Chain)[(Opened.Length + Hello12.Length)..]} {Client(TlsBytes.Encrypted(100))}"), null);
        all["alert: 120 of the server, none offered"] = (OfServer(TlsBytes.ClientHello12(), 120), null);
        all["alert: 120 of the client, two offered"] = (Of($"{Opened}{Hello13} {Answer13} {Client(TlsBytes.Alert(2, 120))} C RST"), null);
        all["alert: 121 of the client"] = (Of($"{Opened}{Client(TlsBytes.Handshake(TlsBytes.ClientHello13("one.example", Ech)))} {Server(TlsBytes.Handshake(TlsBytes.ServerHello13()))} {Client(TlsBytes.Alert(2, 121))} {ClientCloses}"), null);
        all["alert: encrypted"] = (Of($"{Opened}{Hello12} {Flight(Chain)} {Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())} {Server(TlsBytes.ChangeCipherSpec(), TlsBytes.Record(21, TlsBytes.Fill(26)))} {ServerCloses}"), null);

        all["offer: one suite"] = (OfServer(Offer([0x1301], groups: [0x1D, 0x17], schemes: [0x0403, 0x0804]), 40), null);
        all["offer: one group"] = (OfServer(Offer(Modern, groups: [0x1D], schemes: [0x0403, 0x0804]), 40), null);
        all["offer: RSA signatures only"] = (OfServer(Offer(Modern, groups: [0x1D, 0x17], schemes: [0x0804, 0x0401]), 40), null);
        all["offer: retry refused, group not offered"] = (Of($"{Opened}{Hello13} {Server(TlsBytes.Handshake(TlsBytes.HelloRetryRequest(0x0018)))} {Client(TlsBytes.Alert(2, 47))} {ClientCloses}"), null);
        all["offer: retry refused, group offered"] = (Of($"{Opened}{Hello13} {Server(TlsBytes.Handshake(TlsBytes.HelloRetryRequest()))} {Client(TlsBytes.Alert(2, 47))} {ClientCloses}"), null);
        all["offer: TLS 1.0 selected"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, 0x0301)), TlsBytes.ServerHelloDone()))} C ACK"), null);
        foreach (var suite in (int[])[0x0001, 0x0002, 0x0003, 0x0005, 0x0007, 0x0009, 0x000A, 0x0018, 0x0034, 0x0083, 0xC018, 0xC02F]) all[$"suite: {suite:X4}"] = (PlayedHandshake.Completed(suite, chain: Chain), null);

        all["left: after the server's flight, certificate seen"] = (Of($"{Opened}{Hello12} {Flight(Chain)} {ClientCloses}"), null);
        all["left: after the server's flight, certificate encrypted"] = (Of($"{Opened}{Hello13} {Answer13} {ClientCloses}"), null);
        all["left: after the server's flight, no certificate sent"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.ServerHello12()))} {ClientCloses}"), null);
        all["left: reset after the server's flight"] = (Of($"{Opened}{Hello12} {Flight(Chain)} C RST"), null);
        all["left: by the server after its ServerHello"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.ServerHello12()))} +5ms; {ServerCloses}"), null);
        all["left: by the server's reset after its ServerHello"] = (Of($"{Opened}{Hello12} {Server(TlsBytes.Handshake(TlsBytes.ServerHello12()))} +5ms; S RST"), null);
        all["left: by the server after the client's Finished"] = (Of($"{Opened}{Hello13} {Answer13} {Client(TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(53))} +20ms; {Server(TlsBytes.Encrypted(19))} {ServerCloses}"), null);
        all["left: unused, at once"] = (Of($"{Established13} {ClientCloses}"), null);
        all["left: unused, later"] = (Of($"{Established13} +300ms; {ClientCloses}"), null);
        all["left: unused, certificate seen"] = (Of($"{Established12(Chain)} {ClientCloses}"), null);
        all["left: by the server without close_notify"] = (PlayedHandshake.Completed(hasClosingAlert: false, chain: Chain), null);
        foreach (var (kind, usage) in new[] { ("signing", X509KeyUsageFlags.DigitalSignature), ("encryption", X509KeyUsageFlags.KeyEncipherment) })
        {
            using var bound = CertificateMint.Leaf(root, more: r => r.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true)));
            all[$"signed: ServerKeyExchange by a key for {kind}, false"] = (Signed([bound.Der, root.Der]), null);
        }

        using (var stapled = CertificateMint.Leaf(root, more: r => r.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 0x03, 0x02, 0x01, 0x05], critical: false))))
        {
            var asking = Client(TlsBytes.Handshake(TlsBytes.ClientHello12(null, TlsBytes.Extension(5, TlsBytes.U8(1), TlsBytes.U16(0), TlsBytes.U16(0)))));
            all["staple: asked for and missing"] = (Of($"{Opened}{asking} {Flight([stapled.Der, root.Der])} {Client(TlsBytes.Alert(2, 113))} {ClientCloses}"), null);
        }

        all["session: ticket not taken"] = (PlayedHandshake.Completed(hello: TlsBytes.ClientHello12(null, TlsBytes.Extension(35, TlsBytes.Fill(100))), chain: Chain), null);
        foreach (var days in (int[])[20, 400, -400]) all[$"moved: staple by {days} days"] = (Moved(Sample.PathOf("ocsp-staple"), days), null);
        all["moved: no clock"] = (Moved(Sample.PathOf("ocsp-staple"), -(int)(BitConverter.ToUInt32(File.ReadAllBytes(Sample.PathOf("ocsp-staple")), 24) / 86_400)), null);
        all["slow: client"] = (PlayedHandshake.Completed(pause: "+900ms;", chain: Chain), null);

        foreach (var (kind, (alert, chain)) in Faulty())
        {
            all[$"certificate: {kind}, refused"] = (PlayedHandshake.Refused(alert, chain), null);
            all[$"certificate: {kind}, accepted"] = (PlayedHandshake.Completed(chain: chain), null);
            all[$"certificate: {kind}, closed on"] = (Of($"{Opened}{Hello12} {InTwo(Flight(chain))} {ClientCloses}"), null);
            all[$"certificate: {kind}, left"] = (Of($"{Established12(chain)} {ClientCloses}"), null);
        }

        using var stranger = CertificateMint.Authority("Another Root CA");
        var asked = new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([stranger.Read()]) };
        all["trust: root not given"] = (PlayedHandshake.Completed(chain: Chain), asked);
        all["trust: issuer not given"] = (PlayedHandshake.Completed(chain: [leaf.Der]), asked);
        all["trust: issuer not given, refused"] = (PlayedHandshake.Refused(48, leaf.Der), asked);
        all["trust: root given, wrong pin"] = (PlayedHandshake.Completed(chain: Chain), new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([root.Read()]), Pins = [CertificatePin.Parse("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")!] });
        All = all;
    }

    /// <summary>By what happens in them.</summary>
    public IReadOnlyDictionary<string, (byte[] Capture, AnalyzerOptions? Options)> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        leaf.Dispose();
        root.Dispose();
    }

    /// <summary>Chains with one fault each, and the alert that reports it.</summary>
    private Dictionary<string, (byte Alert, byte[][] Chain)> Faulty()
    {
        byte[] forged = [.. leaf.Der];
        forged[^1] ^= 1;
        using var expired = CertificateMint.Leaf(root, days: (-90, -3));
        using var early = CertificateMint.Leaf(root, days: (3, 90));
        using var other = CertificateMint.Leaf(root, "two.example");
        using var selfSigned = CertificateMint.Leaf(null);
        using var forClients = CertificateMint.Leaf(root, purpose: "1.3.6.1.5.5.7.3.2");
        using var middle = CertificateMint.Authority("Some Issuing CA", root);
        using var below = CertificateMint.Leaf(middle);
        using var old = CertificateMint.Authority("Some Old CA", root, days: (-900, -3));
        using var belowOld = CertificateMint.Leaf(old);
        using var nameless = CertificateMint.Authority("one.example", root, isAuthority: false);
        using var endless = CertificateMint.Leaf(root, days: (-30, 100_000));
        using var forSigning = CertificateMint.Leaf(root, more: r => r.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)));
        using var forEncryption = CertificateMint.Leaf(root, more: r => r.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true)));
        using var stapled = CertificateMint.Leaf(root, more: r => r.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 0x03, 0x02, 0x01, 0x05], critical: false)));
        return new Dictionary<string, (byte, byte[][])>
        {
            ["good"] = (48, Chain),
            ["issuer not sent"] = (48, [leaf.Der]),
            ["root not sent"] = (48, [below.Der, middle.Der]),
            ["expired"] = (45, [expired.Der, root.Der]),
            ["expired issuer"] = (45, [belowOld.Der, old.Der, root.Der]),
            ["early"] = (45, [early.Der, root.Der]),
            ["other name"] = (46, [other.Der, root.Der]),
            ["self-signed"] = (48, [selfSigned.Der]),
            ["forged"] = (51, [forged, root.Der]),
            ["for clients"] = (43, [forClients.Der, root.Der]),
            ["name in the CN only"] = (42, [nameless.Der, root.Der]),
            ["without an end"] = (48, [endless.Der, root.Der]),
            ["for signing only"] = (43, [forSigning.Der, root.Der]),
            ["for encryption only"] = (43, [forEncryption.Der, root.Der]),
            ["must staple"] = (113, [stapled.Der, root.Der]),
            ["wrong order"] = (48, [below.Der, root.Der, middle.Der]),
            ["SHA-1"] = (42, [CertificateMint.SignedWithSha1()]),
        };
    }

    /// <summary>A flight whose messages begin in one segment and end in the next.</summary>
    private static string InTwo(string statement)
    {
        var half = "S hex:".Length + statement.Length / 4 * 2;
        return $"{statement[..half]}; S hex:{statement[half..]}";
    }

    private byte[][] Chain => [leaf.Der, root.Der];

    private static string Hello12 => Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));

    private static string Hello13 => Client(TlsBytes.Handshake(TlsBytes.ClientHello13()));

    private static string Answer13 => Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000));

    private static string Established13 => $"{Opened}{Hello13}+20ms;{Answer13}{Client(TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(53))}{Server(TlsBytes.Encrypted(280))}";

    private static string Established12(params byte[][] chain) => $"{Opened}{Hello12}+20ms;{Flight(chain)}"
        + $"{Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())}+20ms;{Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())}";

    private static string Flight(byte[][] chain) => Server(TlsBytes.Handshake(
        TlsBytes.ServerHello12(0x002F), TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), TlsBytes.ServerHelloDone()));

    /// <summary>A ServerKeyExchange whose signature is not that of the certificate's key.</summary>
    private static byte[] Signed(byte[][] chain)
    {
        var exchange = TlsBytes.Message(12, TlsBytes.Join(TlsBytes.U8(3), TlsBytes.U16(0x001D), TlsBytes.Vector8(TlsBytes.Fill(32)), TlsBytes.U16(0x0403), TlsBytes.Vector16(Convert.FromHexString("3006020101020101"))));
        var flight = Server(TlsBytes.Handshake(TlsBytes.ServerHello12(0xC02B), TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), exchange, TlsBytes.ServerHelloDone()));
        return Of($"{Opened}{Hello12} {flight} {Client(TlsBytes.Alert(2, 51))} {ClientCloses}");
    }

    private static byte[] Offer(int[] suites, int[] groups, int[] schemes) => TlsBytes.Message(1, TlsBytes.ClientHelloBody(
        0x0303, suites, null, TlsBytes.ServerName("one.example"), TlsBytes.Groups(groups), TlsBytes.SignatureAlgorithms(schemes), TlsBytes.SupportedVersions(0x0304, 0x0303)));

    private static byte[] OfServer(byte[] hello, byte alert) => Of($"{Opened}{Client(TlsBytes.Handshake(hello))}{Server(TlsBytes.Alert(2, alert))}{ServerCloses}");

    private static byte[] Ech => TlsBytes.Extension(0xFE0D, TlsBytes.U8(0), TlsBytes.U16(1), TlsBytes.U16(1), TlsBytes.U8(7), TlsBytes.Vector16(TlsBytes.Fill(32)), TlsBytes.Vector16(TlsBytes.Fill(64)));

    private const string ClientCloses = "C FIN; S FIN; C ACK";
    private const string ServerCloses = "S FIN; C FIN; S ACK";
    private static readonly int[] Modern = [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F];

    /// <summary>Those with a meaning of their own, and one without.</summary>
    private static readonly byte[] Alerts = [10, 20, 21, 22, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 70, 71, 80, 86, 90, 109, 110, 112, 113, 115, 116, 120, 200];
}
