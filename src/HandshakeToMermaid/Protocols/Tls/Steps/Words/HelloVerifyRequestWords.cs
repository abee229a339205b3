using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a HelloVerifyRequest.</summary>
internal sealed class HelloVerifyRequestWords() : MessageWords<HelloVerifyRequest>("HelloVerifyRequest", "checks the client's address first")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(HelloVerifyRequest message, Timestamp seen, Detail detail) =>
        [new(Detail.Full, "cookie", ByteCount.Text(message.Cookie.Length))];
}
