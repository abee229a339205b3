using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of one kind of handshake message: its title, its JSON name and what is worth saying about it.</summary>
internal interface IMessageWords
{
    /// <summary>The class of the messages.</summary>
    Type MessageType { get; }

    /// <summary>The name as the RFC writes it: <c>ClientHello</c>.</summary>
    string TitleOf(HandshakeMessage message);

    /// <summary>The value of <c>type</c> in JSON: <c>client_hello</c>.</summary>
    string JsonNameOf(HandshakeMessage message);

    /// <summary>True where there is nothing to say but that it was sent.</summary>
    bool IsMinor(HandshakeMessage message);

    /// <summary>What its sender achieves with it, see <see cref="Step.Explanation"/>.</summary>
    /// <param name="message">A message of <see cref="MessageType"/>.</param>
    /// <param name="isResumed">True in a handshake that resumes an earlier session.</param>
    string? ExplanationOf(HandshakeMessage message, bool isResumed);

    /// <summary>The facts, most important first.</summary>
    /// <param name="message">A message of <see cref="MessageType"/>.</param>
    /// <param name="seen">The time of capture: certificates are valid or expired by it.</param>
    /// <param name="detail">Facts above this level need not be made.</param>
    IEnumerable<StepFact> FactsOf(HandshakeMessage message, Timestamp seen, Detail detail);

    /// <summary>What two runs are compared by, see <see cref="Step.Fields"/>.</summary>
    /// <param name="message">A message of <see cref="MessageType"/>.</param>
    /// <param name="seen">The time of capture.</param>
    IEnumerable<StepField> FieldsOf(HandshakeMessage message, Timestamp seen);
}
