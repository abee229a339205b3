using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a KeyUpdate.</summary>
internal sealed class KeyUpdateWords() : MessageWords<KeyUpdate>("KeyUpdate", "switches to new keys in this direction")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(KeyUpdate message, Timestamp seen, Detail detail) =>
        message.IsUpdateRequested ? [new(Detail.Full, "", "update requested")] : [];
}
