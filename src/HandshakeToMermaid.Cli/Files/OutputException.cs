namespace HandshakeToMermaid.Cli.Files;

/// <summary>The product cannot be written. The message is one sentence for the user.</summary>
internal sealed class OutputException(string message, Exception? inner = null) : Exception(message, inner);
