using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>Handshakes in a tunnel through a proxy that is spoken to in TLS, with one fault each.</summary>
internal static class PlayedTunnels
{
    /// <summary>By what happens in them.</summary>
    public static Dictionary<string, byte[]> All()
    {
        using var root = CertificateMint.Authority("Some Root CA");
        using var proxy = CertificateMint.Leaf(root, "proxy.example");
        using var good = CertificateMint.Leaf(root);
        using var expired = CertificateMint.Leaf(root, days: (-90, -3));
        using var expiredOther = CertificateMint.Leaf(root, "two.example", days: (-90, -3));
        using var selfSigned = CertificateMint.Leaf(null);
        using var forClients = CertificateMint.Leaf(root, purpose: "1.3.6.1.5.5.7.3.2");
        byte[][] front = [proxy.Der, root.Der];
        return new Dictionary<string, byte[]>
        {
            ["tunnel: good, accepted"] = PlayedTunnel.Completed(front, good.Der, root.Der),
            ["tunnel: good, refused"] = PlayedTunnel.Refused(front, 48, good.Der, root.Der),
            ["tunnel: good, internal_error"] = PlayedTunnel.Refused(front, 80, good.Der, root.Der),
            ["tunnel: expired, accepted"] = PlayedTunnel.Completed(front, expired.Der, root.Der),
            ["tunnel: expired, refused"] = PlayedTunnel.Refused(front, 45, expired.Der, root.Der),
            ["tunnel: expired, of another name, refused"] = PlayedTunnel.Refused(front, 46, expiredOther.Der, root.Der),
            ["tunnel: issuer not sent, refused"] = PlayedTunnel.Refused(front, 48, good.Der),
            ["tunnel: for clients, refused"] = PlayedTunnel.Refused(front, 43, forClients.Der, root.Der),
            ["tunnel: self-signed, refused"] = PlayedTunnel.Refused(front, 48, selfSigned.Der),
            ["tunnel: alert of the server"] = PlayedTunnel.RefusedByServer(front, 40),
            ["tunnel: HTTP/2, 403"] = PlayedTunnel.RefusedInHttp2(front, "403"),
            ["tunnel: HTTP/2, 407"] = PlayedTunnel.RefusedInHttp2(front, "407"),
            ["tunnel: nothing acknowledged"] = PlayedTunnel.Unacknowledged(front),
        };
    }
}
