using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of one kind of handshake message, by its own class.</summary>
/// <param name="title">The name as the RFC writes it.</param>
/// <param name="explanation">What its sender achieves with it; null where that depends on the message.</param>
/// <param name="isMinor">True where there is nothing to say but that it was sent.</param>
internal class MessageWords<T>(string title, string? explanation, bool isMinor = false) : IMessageWords
    where T : HandshakeMessage
{
    /// <inheritdoc/>
    public Type MessageType => typeof(T);

    /// <inheritdoc/>
    public string TitleOf(HandshakeMessage message) => Title((T)message);

    /// <inheritdoc/>
    public string JsonNameOf(HandshakeMessage message) => JsonName((T)message);

    /// <inheritdoc/>
    public bool IsMinor(HandshakeMessage message) => IsMinor((T)message);

    /// <inheritdoc/>
    public string? ExplanationOf(HandshakeMessage message, bool isResumed) => Explanation((T)message, isResumed);

    /// <inheritdoc/>
    public IEnumerable<StepFact> FactsOf(HandshakeMessage message, Timestamp seen, Detail detail) => Facts((T)message, seen, detail);

    /// <inheritdoc/>
    public IEnumerable<StepField> FieldsOf(HandshakeMessage message, Timestamp seen) => Fields((T)message, seen);

    /// <inheritdoc cref="TitleOf"/>
    protected virtual string Title(T message) => title;

    /// <inheritdoc cref="JsonNameOf"/>
    protected virtual string JsonName(T message) => message.Type.Name;

    /// <inheritdoc cref="IMessageWords.IsMinor"/>
    protected virtual bool IsMinor(T message) => isMinor;

    /// <inheritdoc cref="ExplanationOf"/>
    protected virtual string? Explanation(T message, bool isResumed) => explanation;

    /// <inheritdoc cref="FactsOf"/>
    protected virtual IEnumerable<StepFact> Facts(T message, Timestamp seen, Detail detail) => [];

    /// <inheritdoc cref="FieldsOf"/>
    protected virtual IEnumerable<StepField> Fields(T message, Timestamp seen) => Facts(message, seen, Detail.Normal).Where(f => f.Level <= Detail.Normal).Select(f => new StepField(f.Name, f.Text));
}
