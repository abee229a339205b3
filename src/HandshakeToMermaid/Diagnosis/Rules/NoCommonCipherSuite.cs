using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>Client and server know no common cipher suite.</summary>
internal sealed class NoCommonCipherSuite(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || tls.Facts.ClientHello is not { } hello) return null;
        var isSaid = tls is { IsServersAlert: true, Complaint.Code: 71, HasServerHello: false };
        if (!isSaid && Offer.NarrowPart(tls) != OfferPart.Suites) return null;
        var offered = Wording.Few([.. hello.CipherSuites.Where(c => !c.IsGrease && !c.IsSignal).Select(c => c.Label)], 2);
        return new Finding(
            "no-common-cipher-suite", Severity.Error, isSaid ? Confidence.Certain : Confidence.Likely, "No common cipher suite",
            $"the client offers {offered}, the server supports none of these (its list is not sent)",
            "Enable TLS 1.2 or later with ECDHE and AES-GCM on both sides",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.Alert), "RFC 5246 section 7.4.1.3") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_NO_CYPHER_OVERLAP", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "no shared cipher", "sslv3 alert handshake failure", "insufficient security", "HANDSHAKE_FAILURE",
        "tls: no cipher suite supported by both client and server", "Received fatal alert: handshake_failure", "no cipher suites in common",
    ];
}
