using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>
/// The handshake was completed and the client left without a request: so do programs that check the certificate only then, but
/// also health checks and connections that a browser opened in advance. A fault that is seen in the certificate says more.
/// </summary>
internal sealed class ClosedWithoutRequest(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsLastResort => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { LeftUnused: { IsSet: true } end } tls) return null;
        var at = connection.Steps.LastOrDefault(s => s.Last.Frame == end.Frame && s.From == tls.Client);
        // Who refuses a certificate leaves at once; who stays a while was waiting for something to ask.
        var mayRefuse = tls.CertificateSight != CertificateVisibility.NotSent && tls.LeftUnusedWithin(AtOnce);
        return new Finding(
            "closed-without-request", mayRefuse ? Severity.Warning : Severity.Info, Confidence.Likely, "The client closed without sending a request",
            mayRefuse
                ? $"it may have rejected the certificate, {tls.CertificateClause}, or this was a health check or a preconnection"
                : "it did not use the connection, as in health checks and preconnections",
            mayRefuse && tls.CertificateSight != CertificateVisibility.Seen ? "Check its log, or capture with SSLKEYLOGFILE set" : "Check its log",
            Aliases, TlsEvidence.Frames([connection.Outcome.Frame], [end.Frame]), null) { At = at };
    }

    /// <summary>curl leaves within a millisecond of its Finished; browsers keep what they opened in advance for longer.</summary>
    private static readonly Duration AtOnce = Duration.FromMilliseconds(10);

    private static readonly string[] Aliases =
    [
        "CURLE_PEER_FAILED_VERIFICATION", "SSL: no alternative certificate subject name matches target host name", "ERR_TLS_CERT_ALTNAME_INVALID", "client closed connection while waiting for request",
        "client prematurely closed connection", "preconnect", "health check",
    ];
}
