using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server's random shows that it supports a higher version, which the client offers as well (RFC 8446 section 4.1.3): the offer was changed on the path.</summary>
internal sealed class DowngradeDetected(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        if (tls.Facts is not { ServerHello: { DowngradeMark: { } mark } answer, ClientHello: { } hello } || answer.Version.IsTls13) return null;
        var couldDoBetter = hello.OffersTls13 || (mark != ProtocolVersion.Tls12 && hello.LegacyVersion.Code >= ProtocolVersion.Tls12.Code && answer.Version.Code < ProtocolVersion.Tls12.Code);
        if (!couldDoBetter || (hello.OffersTls13 && hello.SupportedVersions.All(v => v.IsGrease || v.Draft > 0 || v.Code < ProtocolVersion.Tls13.Code))) return null;
        return new Finding(
            "downgrade-detected", tls.HasFailed ? Severity.Error : Severity.Warning, Confidence.Certain, "The TLS version was downgraded on the path",
            $"both sides support more than {answer.Version.Name}: the server's random holds the downgrade sentinel",
            "Look for a proxy or firewall that modifies the hello messages",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), "RFC 8446 section 4.1.3") { At = tls.ServerHello };
    }

    private static readonly string[] Aliases =
        ["ERR_TLS13_DOWNGRADE_DETECTED", "SSL_ERROR_RX_MALFORMED_SERVER_HELLO", "inappropriate fallback", "tls: downgrade attempt detected, possibly due to a MitM attack or a broken middlebox"];
}
