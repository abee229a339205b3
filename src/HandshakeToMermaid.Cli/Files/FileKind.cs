namespace HandshakeToMermaid.Cli.Files;

/// <summary>What stands behind a path (inode(7), S_IFMT).</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A named pipe, or the pipe behind /dev/stdin and the like.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A character or block device.</summary>
    Device,
}
