using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>One direction of a recorded flow, whatever the transport. Immutable.</summary>
internal class RecordedHalf
{
    private protected RecordedHalf(HalfCounters counted)
    {
        Packets = counted.Packets;
        Delivered = counted.Delivered;
        Retransmissions = counted.Retransmissions;
        MissingBytes = counted.MissingBytes;
        CutBytes = counted.CutBytes;
        TimeToLive = counted.TimeToLive;
        FirstPayload = counted.FirstPayload;
    }

    /// <summary>Packets seen in this direction; a TCP frame that was captured twice counts once.</summary>
    public long Packets { get; }

    /// <summary>Payload bytes, each once, whether they were recorded or only counted.</summary>
    public long Delivered { get; }

    /// <summary>TCP segments that repeat payload, SYN or FIN; keep-alives are not counted. 0 over UDP, where only the protocol knows.</summary>
    public int Retransmissions { get; }

    /// <summary>Bytes that the capture does not hold, lost ones and cut ones.</summary>
    public long MissingBytes { get; }

    /// <summary>Those of <see cref="MissingBytes"/> that were cut off by the snap length.</summary>
    public long CutBytes { get; }

    /// <summary>TTL or hop limit of this direction's first frame.</summary>
    public byte TimeToLive { get; }

    /// <summary>The frame of the first payload byte; not set where there was none.</summary>
    public FrameMark FirstPayload { get; }
}
