using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>What is counted of one direction of an open flow, whatever the transport.</summary>
internal abstract class HalfCounters
{
    /// <summary>Packets seen in this direction; a TCP frame that was captured twice counts once.</summary>
    public long Packets { get; set; }

    /// <summary>Payload bytes, each once: put in order so far, or carried by datagrams; once nothing more is recorded, bytes seen for the first time.</summary>
    public long Delivered { get; set; }

    /// <summary>TCP segments that repeat payload, SYN or FIN; keep-alives are not counted.</summary>
    public int Retransmissions { get; set; }

    /// <summary>Bytes that the capture does not hold, lost ones and cut ones.</summary>
    public long MissingBytes { get; set; }

    /// <summary>Those of <see cref="MissingBytes"/> that were cut off by the snap length.</summary>
    public long CutBytes { get; set; }

    /// <summary>TTL or hop limit of this direction's first frame.</summary>
    public byte TimeToLive { get; set; }

    /// <summary>The frame of the first payload byte.</summary>
    public FrameMark FirstPayload { get; set; }

    /// <summary>Forgets everything.</summary>
    public virtual void Reset()
    {
        (Packets, Delivered, Retransmissions, MissingBytes, CutBytes) = (0, 0, 0, 0, 0);
        (TimeToLive, FirstPayload) = (0, default);
    }
}
