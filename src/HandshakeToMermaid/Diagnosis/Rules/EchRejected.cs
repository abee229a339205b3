using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server could not open the encrypted ClientHello.</summary>
internal sealed class EchRejected(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || tls.Facts.Ech != EchState.Rejected) return null;
        var isRequired = tls.Complaint is { Code: 121 };
        return new Finding(
            "ech-rejected", isRequired ? Severity.Error : Severity.Warning, Confidence.Certain, "Encrypted ClientHello was rejected",
            "the ECH key that the client got from the DNS is not the server's current key",
            "Publish the server's current ECH keys in its HTTPS record",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello, isRequired ? tls.Alert : null), "RFC 9849 section 6.1.6") { At = isRequired ? tls.Alert : tls.ServerHello };
    }

    private static readonly string[] Aliases = ["ERR_ECH_NOT_NEGOTIATED", "ERR_ECH_FALLBACK_CERTIFICATE_INVALID", "SSL_ERROR_ECH_RETRY_WITH_ECH", "ech_required", "CURLE_ECH_REQUIRED", "tls: server rejected ECH"];
}
