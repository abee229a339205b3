using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>One direction of a recorded TCP connection. Immutable.</summary>
internal sealed class RecordedTcpHalf : RecordedHalf
{
    internal RecordedTcpHalf(HalfStream half, IReadOnlyList<long> unacknowledgedFrames)
        : base(half)
    {
        MaximumSegmentSize = half.MaximumSegmentSize;
        Fin = half.Fin;
        FinInOrder = half.FinInOrder;
        Rst = half.Rst;
        JoinedMidway = half.JoinedMidway;
        IsAcknowledged = half.Next <= half.Acknowledged;
        IsAcknowledgedBeyondCapture = half.IsAcknowledgedBeyondCapture;
        Loss = half.Loss;
        UnacknowledgedFrames = unacknowledgedFrames;
    }

    /// <summary>The maximum segment size that this side's SYN offers, in bytes; 0 where unknown.</summary>
    public int MaximumSegmentSize { get; }

    /// <summary>The frame of the FIN; not set where there was none.</summary>
    public FrameMark Fin { get; }

    /// <summary>The FIN, with the time at which everything in front of it could be read.</summary>
    public FrameMark FinInOrder { get; }

    /// <summary>The frame of the RST; not set where there was none.</summary>
    public FrameMark Rst { get; }

    /// <summary>
    /// True where the beginning of this direction's bytes is unknown: neither its SYN was seen nor a SYN-ACK that names
    /// its first byte.
    /// </summary>
    public bool JoinedMidway { get; }

    /// <summary>True where the peer has acknowledged everything that was captured of this direction.</summary>
    public bool IsAcknowledged { get; }

    /// <summary>
    /// True where the peer has acknowledged more than the capture holds of this direction, its own RST stands behind more, or the peer's RST
    /// answers more: a byte or a FIN was not captured.
    /// </summary>
    public bool IsAcknowledgedBeyondCapture { get; }

    /// <summary>What of it was lost on the path; null where nothing shows a loss, and while the connection is open.</summary>
    public PathLoss? Loss { get; }

    /// <summary>Frames whose bytes were sent at least three times over more than a second and never acknowledged; empty elsewhere.</summary>
    public IReadOnlyList<long> UnacknowledgedFrames { get; }
}
