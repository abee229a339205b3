using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client retried with a lower version and TLS_FALLBACK_SCSV (RFC 7507); the server supports a higher one and refused.</summary>
internal sealed class InappropriateFallback(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        // Only a server sends it, and only to a client that shows it has fallen back.
        if (witness.Of(connection) is not { IsServersAlert: true, Complaint.Code: 86 } tls || tls.Facts.ClientHello is { IsFallback: false }) return null;
        return new Finding(
            "inappropriate-fallback", Severity.Error, Confidence.Certain, "The client fell back to a lower TLS version",
            $"it offers {Offer.HighestVersion(tls.Facts.ClientHello)} with TLS_FALLBACK_SCSV, the server supports a higher version",
            "Find out why the first attempt failed, and disable the client's fallback",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.Alert), "RFC 7507 section 3") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_INAPPROPRIATE_FALLBACK_ALERT", "ERR_SSL_FALLBACK_BEYOND_MINIMUM_VERSION", "tlsv1 alert inappropriate fallback", "tls: client using inappropriate protocol fallback",
        "TLS_FALLBACK_SCSV",
    ];
}
