using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a ServerKeyExchange.</summary>
internal sealed class ServerKeyExchangeWords() : MessageWords<ServerKeyExchange>("ServerKeyExchange", null)
{
    /// <inheritdoc/>
    protected override string? Explanation(ServerKeyExchange message, bool isResumed) => message.Method switch
    {
        KeyExchangeMethod.Ecdhe or KeyExchangeMethod.Dhe => "sends its key share, signed with its key",
        KeyExchangeMethod.EcdhAnon or KeyExchangeMethod.DhAnon => "sends a key share that nobody signs",
        KeyExchangeMethod.Psk or KeyExchangeMethod.RsaPsk => "hints at the shared key to use",
        _ => "sends its part of the key agreement",
    };

    /// <inheritdoc/>
    protected override IEnumerable<StepField> Fields(ServerKeyExchange message, Timestamp seen)
    {
        if (message.Group is { } group) yield return new("group", group.Name) { Meaning = "the offer or the server's preference is another" };
        if (message.PrimeBits > 0) yield return new("DH group", $"{message.PrimeBits} bits") { Meaning = "another server, or other settings of it" };
        if (message.Scheme is { } scheme) yield return new("signature algorithm", scheme.Name) { Meaning = "another certificate, or another choice from the offer" };
    }

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(ServerKeyExchange message, Timestamp seen, Detail detail)
    {
        if (message.Group is { } group) yield return new(Detail.Normal, "", group.Label);
        if (message.PrimeBits > 0) yield return new(Detail.Normal, "", $"{message.PrimeBits} bits");
        if (message.Scheme is { } scheme) yield return new(Detail.Normal, "", scheme.Label);
        if (message.PskIdentityHint.Length > 0) yield return new(Detail.Normal, "PSK hint", WireText.Decode(message.PskIdentityHint.Span));
        if (message.Group is { } full) yield return new(Detail.Full, "group", full.Name);
        if (message.Scheme is { } fullScheme) yield return new(Detail.Full, "signature algorithm", fullScheme.Name);
    }
}
