using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server supports none of the application protocols that the client offers (RFC 7301 section 3.2).</summary>
internal sealed class NoCommonAlpn(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { Complaint.Code: 120 } tls) return null;
        return new Finding(
            "no-common-alpn", Severity.Error, Confidence.Certain, "No common application protocol (ALPN)",
            $"the client offers {Wording.Few(tls.Facts.ClientHello?.AlpnProtocols ?? [])}, the server supports none of these (its list is not sent)",
            "Offer a protocol that the server supports: h2 or http/1.1",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.Alert), "RFC 7301 section 3.2") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "tlsv1 alert no application protocol", "SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL", "ERR_SSL_NO_APPLICATION_PROTOCOL", "tls: client requested unsupported application protocols",
        "Received fatal alert: no_application_protocol", "ERR_ALPN_NEGOTIATION_FAILED",
    ];
}
