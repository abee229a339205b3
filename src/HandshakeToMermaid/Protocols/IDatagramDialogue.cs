using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols;

/// <summary>A protocol that follows one UDP flow.</summary>
public interface IDatagramDialogue : IDatagramReader, IDialogue;
