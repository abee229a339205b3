namespace HandshakeToMermaid.Packets;

/// <summary>How many frames are meant, and which comes first.</summary>
/// <param name="Frames">Their number.</param>
/// <param name="First">The number of the first one.</param>
internal readonly record struct FrameTally(long Frames, long First)
{
    /// <summary>One more.</summary>
    public FrameTally And(long frame) => Frames == 0 ? new FrameTally(1, frame) : this with { Frames = Frames + 1 };
}
