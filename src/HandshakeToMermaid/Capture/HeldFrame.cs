namespace HandshakeToMermaid.Capture;

/// <summary>A frame with bytes of its own, which outlive the next read.</summary>
internal readonly record struct HeldFrame(FrameMark Mark, LinkType Link, byte[] Data, uint OriginalLength)
{
    /// <summary>False where no frame is held.</summary>
    public bool IsSet => Mark.IsSet;

    /// <summary>The frame.</summary>
    public CapturedFrame Frame => new(Mark, Link, Data, OriginalLength);

    /// <summary>Copies a frame.</summary>
    public static HeldFrame Of(in CapturedFrame frame) => new(frame.Mark, frame.Link, frame.Data.ToArray(), frame.OriginalLength);

    /// <summary>The same at another time.</summary>
    public HeldFrame At(Timestamp time) => this with { Mark = Mark with { Time = time } };
}
