namespace HandshakeToMermaid.Diagrams;

/// <summary>Which time stands on a step.</summary>
internal enum TimeStyle
{
    /// <summary>Since the step before it: who waited for whom.</summary>
    Delta,

    /// <summary>Since the connection's first frame.</summary>
    Relative,

    /// <summary>The capture's own clock, UTC.</summary>
    Absolute,

    /// <summary>No time.</summary>
    None,
}
