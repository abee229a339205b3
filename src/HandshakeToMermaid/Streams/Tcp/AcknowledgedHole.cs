using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Watches missing bytes that the peer has acknowledged: the receiver has them, so they will not be sent again, and a capture from several
/// receive queues swaps an acknowledgment and its data by a few frames only.
/// </summary>
internal struct AcknowledgedHole
{
    private long position;
    private Timestamp since;
    private int segments;

    /// <summary>Notes that the gap is still there after one more segment of the flow; true if its bytes are no longer expected.</summary>
    /// <param name="start">The position of its first byte.</param>
    /// <param name="now">The segment.</param>
    public bool IsGivenUp(long start, FrameMark now)
    {
        if (position != start)
        {
            (position, since, segments) = (start, now.Time, 0);
            return false;
        }

        return ++segments >= Segments || now.Time - since >= Patience;
    }

    /// <summary>There is none, or it was given up. (No byte has position 0.)</summary>
    public void Clear() => position = 0;

    /// <summary>Segments of the flow after which it is given up: half of the 64 frames that a network card hands over in one go.</summary>
    public const int Segments = 32;

    /// <summary>Capture time after which it is given up, at the next segment of the flow.</summary>
    private static readonly Duration Patience = Duration.FromMilliseconds(100);
}
