namespace HandshakeToMermaid.Capture;

/// <summary>Which frame, and when: what every fact of this program can be traced back to.</summary>
/// <param name="Frame">The frame's number, 1 for the first, counted through all captures that are read as one.</param>
/// <param name="Time">When it was captured.</param>
internal readonly record struct FrameMark(long Frame, Timestamp Time)
{
    /// <summary>False for a mark that was never set: no frame has number 0.</summary>
    public bool IsSet => Frame > 0;

    /// <summary>True where it came behind another one: later, or at the same time in a later frame.</summary>
    public bool IsAfter(FrameMark other) => Time != other.Time ? Time > other.Time : Frame > other.Frame;

    /// <summary>Where something ends that two frames hold a part of: the later frame, at the later time.</summary>
    public static FrameMark Latest(FrameMark left, FrameMark right) =>
        new(Math.Max(left.Frame, right.Frame), !right.IsSet || (left.IsSet && left.Time > right.Time) ? left.Time : right.Time);
}
