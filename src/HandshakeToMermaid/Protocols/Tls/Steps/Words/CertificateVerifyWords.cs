using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a CertificateVerify.</summary>
internal sealed class CertificateVerifyWords() : MessageWords<CertificateVerify>("CertificateVerify", "proves ownership of the certificate's key")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(CertificateVerify message, Timestamp seen, Detail detail)
    {
        if (message.Scheme is not { } scheme) yield break;
        yield return new(Detail.Normal, "", scheme.Label);
        yield return new(Detail.Full, "signature algorithm", scheme.Name);
    }
}
