using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of the messages without a body: they have nothing but a name.</summary>
internal sealed class EmptyMessageWords() : MessageWords<EmptyMessage>("ServerHelloDone", null, isMinor: true)
{
    /// <inheritdoc/>
    protected override string? Explanation(EmptyMessage message, bool isResumed) => message.Type.Code switch
    {
        0 => "asks the client to negotiate again",
        5 => "ends the early data: other keys follow",
        _ => "is done and waits for the client",
    };

    /// <inheritdoc/>
    protected override string Title(EmptyMessage message) => message.Type.Code switch { 0 => "HelloRequest", 5 => "EndOfEarlyData", _ => base.Title(message) };
}
