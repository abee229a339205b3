using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Client and server know no common group for the key agreement.</summary>
internal sealed class NoCommonGroup(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || tls.Facts.ClientHello is not { } hello) return null;
        // A group that the client offers is no reason to refuse the retry: it had another one.
        var isRefusedRetry = tls is { RetryRequest: not null, ServerHello: null, Complaint.Code: 40 or 47 or 71 } && tls.Facts.HelloRetryRequest?.Group is { } asked && !hello.SupportedGroups.Contains(asked);
        if (!isRefusedRetry && Offer.NarrowPart(tls) != OfferPart.Groups) return null;
        var offered = Wording.Few([.. hello.SupportedGroups.Where(g => !g.IsGrease).Select(g => g.Label)]);
        var wanted = tls.Facts.HelloRetryRequest?.Group is { } group ? $"the server requested {group.Label}" : "the server's list is not sent";
        return new Finding(
            "no-common-group", Severity.Error, isRefusedRetry ? Confidence.Certain : Confidence.Likely, "No common key exchange group",
            $"the client offers only {offered}, {wanted}",
            "Enable X25519 and P-256 on both sides",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.RetryRequest, tls.Alert), "RFC 8446 section 4.2.7") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "no suitable key share", "no shared group", "SSL_ERROR_NO_CYPHER_OVERLAP", "SSL_ERROR_HANDSHAKE_FAILURE_ALERT", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "tls: no supported elliptic curves offered",
        "sslv3 alert handshake failure", "HANDSHAKE_FAILURE",
    ];
}
