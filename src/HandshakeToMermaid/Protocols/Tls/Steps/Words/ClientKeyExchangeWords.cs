using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a ClientKeyExchange.</summary>
internal sealed class ClientKeyExchangeWords() : MessageWords<ClientKeyExchange>("ClientKeyExchange")
{
    /// <inheritdoc/>
    protected override bool IsMinor(ClientKeyExchange message) => message.PskIdentity.IsEmpty;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(ClientKeyExchange message, Timestamp seen, Detail detail)
    {
        if (message.PskIdentity.Length > 0) yield return new(Detail.Normal, "PSK", WireText.Decode(message.PskIdentity.Span));
        if (message.Exchange.Length > 0) yield return new(Detail.Full, "", ByteCount.Text(message.Exchange.Length));
    }
}
