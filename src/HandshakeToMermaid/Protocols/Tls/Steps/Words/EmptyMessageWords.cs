using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of the messages without a body: they have nothing but a name.</summary>
internal sealed class EmptyMessageWords() : MessageWords<EmptyMessage>("ServerHelloDone", isMinor: true)
{
    /// <inheritdoc/>
    protected override string Title(EmptyMessage message) => message.Type.Code switch { 0 => "HelloRequest", 5 => "EndOfEarlyData", _ => base.Title(message) };
}
