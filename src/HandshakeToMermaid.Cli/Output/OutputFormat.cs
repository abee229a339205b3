namespace HandshakeToMermaid.Cli.Output;

/// <summary>The forms a product comes in.</summary>
internal enum OutputFormat
{
    /// <summary>A bare Mermaid diagram.</summary>
    Mermaid,

    /// <summary>The facts.</summary>
    Json,
}
