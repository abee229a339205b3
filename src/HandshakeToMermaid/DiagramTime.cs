namespace HandshakeToMermaid;

/// <summary>Which time a diagram shows on each step.</summary>
public enum DiagramTime
{
    /// <summary>The time since the previous step.</summary>
    Delta,

    /// <summary>The time since the first frame of the handshake.</summary>
    Relative,

    /// <summary>The time of day in UTC, as the capture recorded it.</summary>
    Absolute,

    /// <summary>No time.</summary>
    None,
}
