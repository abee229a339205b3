using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one stream.</summary>
public interface IStreamDialogue : IStreamReader, IDialogue;
