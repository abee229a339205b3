using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The connection works with a version that must not be used any more.</summary>
internal sealed class ObsoleteVersion(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || tls.Facts.Version is not { } version || !version.IsKnown || version.Code is >= 0x0303 or 0) return null;
        return new Finding(
            "obsolete-version", Severity.Warning, Confidence.Certain, $"{version.Name} is obsolete",
            $"the client offers {Offer.Versions(tls.Facts.ClientHello)}, the server selected {version.Name}",
            "Enable TLS 1.2 and 1.3 on the side that lacks them",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), "RFC 8996 section 4") { At = tls.ServerHello };
    }

    private static readonly string[] Aliases =
        ["ERR_SSL_OBSOLETE_VERSION", "SSL_ERROR_UNSUPPORTED_VERSION", "unsupported protocol", "TLS 1.0 deprecated", "TLS 1.1 deprecated", "NET::ERR_SSL_OBSOLETE_VERSION"];
}
