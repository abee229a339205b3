using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>What is counted of one direction of a flow, whatever the transport.</summary>
public abstract class HalfFlow
{
    /// <summary>Packets seen in this direction; a TCP frame that was captured twice counts once.</summary>
    public long Packets { get; internal set; }

    /// <summary>Payload bytes, each once: put in order so far, or carried by datagrams; after a TCP reader is satisfied, bytes seen for the first time.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Packets that repeat what was sent before. Of TCP: payload, SYN or FIN, keep-alives not counted. Of UDP: what the protocol on it knows to be repeated.</summary>
    public int Retransmissions { get; internal set; }

    /// <summary>Bytes that the capture does not hold, lost ones and cut ones.</summary>
    public long MissingBytes { get; internal set; }

    /// <summary>Those of <see cref="MissingBytes"/> that were cut off by the snap length.</summary>
    public long CutBytes { get; internal set; }

    /// <summary>TTL or hop limit of this direction's first frame.</summary>
    public byte TimeToLive { get; internal set; }

    /// <summary>The frame of the first payload byte.</summary>
    public FrameMark FirstPayload { get; internal set; }

    /// <summary>Forgets everything.</summary>
    internal virtual void Renew()
    {
        (Packets, Delivered, Retransmissions, MissingBytes, CutBytes) = (0, 0, 0, 0, 0);
        (TimeToLive, FirstPayload) = (0, default);
    }
}
