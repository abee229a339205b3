namespace HandshakeToMermaid.Cli;

/// <summary>The command line asks for something that cannot be meant. The message is one sentence for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
