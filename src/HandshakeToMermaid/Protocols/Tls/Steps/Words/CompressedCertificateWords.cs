using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a CompressedCertificate.</summary>
internal sealed class CompressedCertificateWords() : MessageWords<CompressedCertificate>("CompressedCertificate", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(CompressedCertificate message, bool isResumed) => message.Certificate is { } chain ? ChainWords.ExplanationOf(chain.Entries) : "sends its certificates in compressed form";

    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(CompressedCertificate message, Timestamp seen) =>
        [.. message.Certificate is { } chain ? ChainFields.Of(chain.Entries, seen) : [], new("compression", message.Algorithm.Name)];

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(CompressedCertificate message, Timestamp seen, Detail detail)
    {
        foreach (var fact in message.Certificate is { } chain ? ChainWords.Of(chain.Entries, seen, detail) : []) yield return fact;
        var lengths = $"{ByteCount.Text(message.CompressedLength)}, {ByteCount.Text(message.UncompressedLength)} uncompressed";
        yield return new(message.Certificate is null ? Detail.Normal : Detail.Full, "compressed", $"{message.Algorithm.Name}, {lengths}");
    }
}
