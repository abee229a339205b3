namespace HandshakeToMermaid.Capture;

/// <summary>Which frame, and when: what every fact of this program can be traced back to.</summary>
/// <param name="Frame">The frame's number, 1 for the first, counted through all captures that are read as one.</param>
/// <param name="Time">When it was captured.</param>
public readonly record struct FrameMark(long Frame, Timestamp Time)
{
    /// <summary>False for a mark that was never set: no frame has number 0.</summary>
    public bool IsSet => Frame > 0;
}
