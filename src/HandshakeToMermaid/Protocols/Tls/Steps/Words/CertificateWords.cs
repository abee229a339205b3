using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a Certificate.</summary>
internal sealed class CertificateWords() : MessageWords<CertificateMessage>("Certificate", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(CertificateMessage message, bool isResumed) => ChainWords.ExplanationOf(message.Entries);

    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(CertificateMessage message, Timestamp seen) => ChainFields.Of(message.Entries, seen);

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(CertificateMessage message, Timestamp seen, Detail detail) => ChainWords.Of(message.Entries, seen, detail);
}
