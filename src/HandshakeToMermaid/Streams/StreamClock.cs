using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// When one direction could be read: bytes that overtook others wait for them, so the time of a piece is the latest of all pieces up to
/// it. The frame stays the one that holds the bytes.
/// </summary>
internal struct StreamClock
{
    private Timestamp latest;
    private bool hasBegun;

    /// <summary>When the stream was whole up to its latest piece; not before the time of <paramref name="mark"/>.</summary>
    public readonly FrameMark After(FrameMark mark) => hasBegun && mark.Time < latest ? mark with { Time = latest } : mark;

    /// <summary>The next piece in the order of the stream, with the time at which the stream was whole up to it.</summary>
    public FrameMark Advance(FrameMark mark)
    {
        mark = After(mark);
        (latest, hasBegun) = (mark.Time, true);
        return mark;
    }
}
