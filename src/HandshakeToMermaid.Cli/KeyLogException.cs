namespace HandshakeToMermaid.Cli;

/// <summary>A key log that the user named cannot be read. The message is one sentence for the user.</summary>
internal sealed class KeyLogException(string message) : Exception(message);
