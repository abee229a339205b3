using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>TLS 1.2 handshakes in which the server asks for a certificate of the client and ends the handshake with an alert, or goes on.</summary>
internal sealed class PlayedClients : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");
    private readonly CertificateMint leaf;

    public PlayedClients()
    {
        leaf = CertificateMint.Leaf(root);
        using var expired = CertificateMint.Leaf(root, "client", ForClients, (-90, -3));
        using var early = CertificateMint.Leaf(root, "client", ForClients, (3, 90));
        using var forServers = CertificateMint.Leaf(root, "client");
        using var good = CertificateMint.Leaf(root, "client", ForClients);
        All = new Dictionary<string, byte[]>
        {
            ["client certificate: expired"] = Refused(45, expired.Der, root.Der),
            ["client certificate: early"] = Refused(46, early.Der, root.Der),
            ["client certificate: for servers"] = Refused(43, forServers.Der, root.Der),
            ["client certificate: good, unknown_ca"] = Refused(48, good.Der, root.Der),
            ["client certificate: alone, unknown_ca"] = Refused(48, good.Der),
            ["client certificate: good, bad_certificate"] = Refused(42, good.Der, root.Der),
            ["client certificate: good, handshake_failure"] = Refused(40, good.Der, root.Der),
            ["client certificate: good, certificate_unknown"] = Refused(46, good.Der, root.Der),
            ["client certificate: good, access_denied"] = Refused(49, good.Der, root.Der),
            ["client certificate: good, decrypt_error"] = Refused(51, good.Der, root.Der),
            ["client certificate: good, illegal_parameter"] = Refused(47, good.Der, root.Der),
            ["client certificate: good, decode_error"] = Refused(50, good.Der, root.Der),
            ["client certificate: good, accepted"] = Ended(Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + Client(TlsBytes.Encrypted(90)) + Server(TlsBytes.Encrypted(90)), good.Der, root.Der),
            ["client certificate: none, certificate_required"] = Refused(116),
            ["client certificate: none, no_certificate"] = Refused(41),
            ["client certificate: none, bad_certificate"] = Refused(42),
            ["client certificate: none, unsupported_certificate"] = Refused(43),
            ["client certificate: none, certificate_unknown"] = Refused(46),
            ["client certificate: none, access_denied"] = Refused(49),
            ["client certificate: none, internal_error"] = Refused(80),
            ["client certificate: asked for, passed over"] = Of($"{Opened}{Hello}{Flight}{Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())}{Server(TlsBytes.Alert(2, 40))}S FIN; C FIN; S ACK"),
            ["client certificate: asked for, refused before an answer"] = Of($"{Opened}{Hello}{Flight}{Server(TlsBytes.Alert(2, 40))}S FIN; C FIN; S ACK"),
        };
    }

    /// <summary>By what happens in them.</summary>
    public IReadOnlyDictionary<string, byte[]> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        leaf.Dispose();
        root.Dispose();
    }

    private byte[] Refused(byte alert, params byte[][] chain) => Ended(Server(TlsBytes.Alert(2, alert)) + "S FIN; C FIN; S ACK", chain);

    private byte[] Ended(string end, params byte[][] chain) => Of(
        $"{Opened}{Hello}{Flight}{Client(TlsBytes.Handshake(Certificate(chain), TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())}{end}");

    private string Flight => Server(TlsBytes.Handshake(TlsBytes.ServerHello12(0x002F), Certificate([leaf.Der, root.Der]), TlsBytes.CertificateRequest12(), TlsBytes.ServerHelloDone()));

    private static string Hello => Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));

    private static byte[] Certificate(byte[][] chain) => TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))]));

    private const string ForClients = "1.3.6.1.5.5.7.3.2";
}
