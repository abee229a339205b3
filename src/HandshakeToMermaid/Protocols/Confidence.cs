namespace HandshakeToMermaid.Protocols;

/// <summary>How sure a statement is.</summary>
public enum Confidence
{
    /// <summary>The capture shows it.</summary>
    Proved,

    /// <summary>The capture fits it, and fits nothing else as well.</summary>
    Likely,
}
