using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a EncryptedExtensions.</summary>
internal sealed class EncryptedExtensionsWords() : MessageWords<EncryptedExtensions>("EncryptedExtensions", "settles the rest of the offer, encrypted")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(EncryptedExtensions message, Timestamp seen)
    {
        if (message.AlpnProtocol is { } alpn) yield return new("ALPN", alpn) { Meaning = "the offer or the server's protocols are others" };
        yield return new("extensions", [.. message.Extensions.Select(e => e.Type).Where(t => t != ExtensionType.ApplicationLayerProtocolNegotiation).Select(t => t.Name)]) { Meaning = "another server, or other settings of it" };
    }

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(EncryptedExtensions message, Timestamp seen, Detail detail)
    {
        if (message.AlpnProtocol is { } alpn) yield return new(Detail.Normal, "ALPN", alpn);
        if (message.Extensions.Has(ExtensionType.EarlyData)) yield return new(Detail.Normal, "", "early data accepted");
        if (message.Extensions.Count > 0) yield return new(Detail.Full, "extensions", string.Join(' ', message.Extensions.Select(e => e.Type.Name)));
    }
}
