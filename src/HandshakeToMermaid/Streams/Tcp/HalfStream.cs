using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>One direction of a TCP connection: puts its bytes in order and counts what happened to them.</summary>
public sealed class HalfStream
{
    /// <summary>Segments seen in this direction.</summary>
    public long Packets { get; internal set; }

    /// <summary>Payload bytes put in order so far, each once.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Segments whose bytes had all been sent before.</summary>
    public int Retransmissions { get; internal set; }

    /// <summary>Bytes that the capture does not hold.</summary>
    public long MissingBytes { get; internal set; }

    /// <summary>TTL or hop limit of this direction's first frame.</summary>
    public byte TimeToLive { get; internal set; }

    /// <summary>The frame of the first payload byte.</summary>
    public FrameMark FirstPayload { get; internal set; }

    /// <summary>The frame of the FIN.</summary>
    public FrameMark Fin { get; internal set; }

    /// <summary>The frame of the RST.</summary>
    public FrameMark Rst { get; internal set; }

    /// <summary>True where the first segment of this direction that was seen was no SYN.</summary>
    public bool JoinedMidway { get; internal set; }
}
