namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>How sure a statement is.</summary>
internal enum Confidence
{
    /// <summary>The capture shows it.</summary>
    Certain,

    /// <summary>The capture fits it, and fits nothing else as well.</summary>
    Likely,
}
