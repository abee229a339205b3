namespace HandshakeToMermaid.Diagnosis;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>The connection failed because of it.</summary>
    Error,

    /// <summary>It works, but not as it should.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,
}
