using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a ClientKeyExchange.</summary>
internal sealed class ClientKeyExchangeWords() : MessageWords<ClientKeyExchange>("ClientKeyExchange", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(ClientKeyExchange message, bool isResumed) => message.Method switch
    {
        KeyExchangeMethod.Ecdhe or KeyExchangeMethod.Dhe or KeyExchangeMethod.EcdhAnon or KeyExchangeMethod.DhAnon => "sends a key share: both can derive keys",
        KeyExchangeMethod.Rsa or KeyExchangeMethod.RsaExport => "sends a secret that only the server can open",
        KeyExchangeMethod.Psk => "names the key that both already share",
        _ => "sends its part of the key agreement",
    };

    /// <inheritdoc/>
    protected override bool IsMinor(ClientKeyExchange message) => message.PskIdentity.IsEmpty;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(ClientKeyExchange message, Timestamp seen, Detail detail)
    {
        if (message.PskIdentity.Length > 0) yield return new(Detail.Normal, "PSK", WireText.Decode(message.PskIdentity.Span));
        if (message.Exchange.Length > 0) yield return new(Detail.Full, "", ByteCount.Text(message.Exchange.Length));
    }
}
