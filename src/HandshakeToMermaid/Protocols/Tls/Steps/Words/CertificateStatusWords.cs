using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a CertificateStatus.</summary>
internal sealed class CertificateStatusWords() : MessageWords<CertificateStatus>("CertificateStatus", "passes on the CA's answer: revoked or not")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(CertificateStatus message, Timestamp seen, Detail detail) => message.OcspResponse.Length > 0
        ? [new(Detail.Normal, "", "OCSP response"), new(Detail.Full, "", ByteCount.Text(message.OcspResponse.Length))]
        : [];
}
