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
        var offered = tls.Facts.ClientHello?.AlpnProtocols is { Count: > 0 } names ? Wording.Few(names) : null;

        // A client of QUIC ends the handshake itself where no protocol was selected (RFC 9001 section 8.1).
        var cause = (tls.IsClientsAlert, offered) switch
        {
            (true, null) => "the client ended the handshake because no protocol was agreed on",
            (true, _) => $"the client offers {offered} and ended the handshake because none was agreed on",
            (false, null) => "the client offers no protocol that can be read here, the server requires one that it supports",
            _ => $"the client offers {offered}, the server supports none of these (its list is not sent)",
        };
        return new Finding(
            "no-common-alpn", Severity.Error, Confidence.Certain, "No common application protocol (ALPN)",
            cause,
            "Offer a protocol that the server supports: h2 or http/1.1",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.Alert), "RFC 7301 section 3.2") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "tlsv1 alert no application protocol", "SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL", "ERR_SSL_NO_APPLICATION_PROTOCOL", "tls: client requested unsupported application protocols",
        "Received fatal alert: no_application_protocol", "ERR_ALPN_NEGOTIATION_FAILED",
    ];
}
