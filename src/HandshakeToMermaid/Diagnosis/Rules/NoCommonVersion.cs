using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Client and server know no common protocol version.</summary>
internal sealed class NoCommonVersion(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { Complaint.Code: 70 } tls || tls.Facts.Half(tls.Client) is { IsCleartext: true }) return null;
        var offered = Offer.Versions(tls.Facts.ClientHello);
        var cause = tls.IsClientsAlert && tls.Facts.Version is { } chosen
            ? $"the client offers {offered} and rejects {chosen.Name}, which the server selected"
            : $"the client offers {offered}, the server supports none of these (its list is not sent)";
        return new Finding(
            "no-common-version", Severity.Error, Confidence.Certain, "No common TLS version", cause,
            "Enable TLS 1.2 and 1.3 on both sides, update the older one",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello, tls.Alert), "RFC 8446 section 4.2.1") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_UNSUPPORTED_VERSION", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "ERR_SSL_PROTOCOL_ERROR", "SSL_ERROR_PROTOCOL_VERSION_ALERT", "tlsv1 alert protocol version", "unsupported protocol",
        "tls: protocol version not supported", "Received fatal alert: protocol_version", "HANDSHAKE_FAILURE", "The client and server cannot communicate, because they do not possess a common algorithm",
    ];
}
