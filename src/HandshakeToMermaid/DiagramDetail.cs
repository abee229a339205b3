namespace HandshakeToMermaid;

/// <summary>The level of detail of a diagram.</summary>
public enum DiagramDetail
{
    /// <summary>The messages and what went wrong: enough for a slide.</summary>
    Brief,

    /// <summary>What a post-mortem needs: names, versions, certificates, timing.</summary>
    Normal,

    /// <summary>Everything that was read, every extension and the orderly close included.</summary>
    Full,
}
