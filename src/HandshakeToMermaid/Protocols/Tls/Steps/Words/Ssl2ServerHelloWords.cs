using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a SERVER-HELLO of SSL 2.0.</summary>
internal sealed class Ssl2ServerHelloWords() : MessageWords<Ssl2ServerHello>("ServerHello", "shows its certificate and the ciphers it knows")
{
    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(Ssl2ServerHello message, Timestamp seen, Detail detail)
    {
        yield return new(Detail.Brief, "", message.Version.Name);
        foreach (var fact in message.Certificate is { } entry ? ChainWords.Of([entry], seen, detail) : []) yield return fact;
        yield return new(Detail.Full, "ciphers", string.Join(' ', message.CipherSuites));
    }
}
