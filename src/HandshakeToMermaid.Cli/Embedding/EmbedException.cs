namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>A marker that cannot be done. The message is a clause without a full stop.</summary>
internal sealed class EmbedException(string message, Exception? inner = null) : Exception(message, inner);
