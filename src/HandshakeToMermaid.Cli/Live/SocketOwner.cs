namespace HandshakeToMermaid.Cli.Live;

/// <summary>Whose a connection is.</summary>
internal enum SocketOwner
{
    /// <summary>Its socket was not seen.</summary>
    Unknown,

    /// <summary>The command's, or a child's.</summary>
    Command,

    /// <summary>Another process's.</summary>
    Other,
}
