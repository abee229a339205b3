namespace HandshakeToMermaid;

/// <summary>How serious a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>The connection works, but not as it should.</summary>
    Warning,

    /// <summary>The connection failed because of it.</summary>
    Error,
}
