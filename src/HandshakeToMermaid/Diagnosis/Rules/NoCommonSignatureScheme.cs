using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server's key cannot sign in any way that the client accepts.</summary>
internal sealed class NoCommonSignatureScheme(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || Offer.NarrowPart(tls) != OfferPart.Signatures || tls.Facts.ClientHello is not { } hello) return null;
        var offered = Wording.Few([.. hello.SignatureSchemes.Where(s => !s.IsGrease).Select(s => s.Name)], 2);
        return new Finding(
            "no-common-signature-scheme", Severity.Error, Confidence.Likely, "No common signature scheme",
            $"the client accepts only {offered}, the server's key is probably of another type",
            "Add a certificate with the other key type, or allow its type on the client",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.Alert), "RFC 8446 section 4.2.3") { At = tls.Alert };
    }

    private static readonly string[] Aliases =
    [
        "no suitable signature algorithm", "no shared signature algorithms", "SSL_ERROR_UNSUPPORTED_SIGNATURE_ALGORITHM", "SSL_ERROR_HANDSHAKE_FAILURE_ALERT",
        "tls: peer doesn't support any of the certificate's signature algorithms", "sslv3 alert handshake failure", "HANDSHAKE_FAILURE",
    ];
}
