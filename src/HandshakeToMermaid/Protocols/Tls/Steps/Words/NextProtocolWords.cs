using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a NextProtocol.</summary>
internal sealed class NextProtocolWords() : MessageWords<NextProtocol>("NextProtocol", "selects the application protocol")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(NextProtocol message, Timestamp seen, Detail detail) => [new(Detail.Normal, "NPN", message.Selected)];
}
