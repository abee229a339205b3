using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Streams;

/// <summary>What two endpoints exchange over one pair of ports: what TCP connections and UDP flows have in common.</summary>
public abstract class Flow
{
    private protected Flow(long ticket, string capture, IpEndpoint initiator, IpEndpoint responder)
    {
        Ticket = ticket;
        Capture = capture;
        Initiator = initiator;
        Responder = responder;
    }

    /// <summary>Order of first sight among all flows and look-ups of the capture.</summary>
    public long Ticket { get; private set; }

    /// <summary>The capture in which it began.</summary>
    public string Capture { get; private set; }

    /// <summary>Who sends in <see cref="Direction.Forward"/>: the sender of the SYN, or of the first packet seen.</summary>
    public IpEndpoint Initiator { get; private set; }

    /// <summary>Who sends in <see cref="Direction.Reverse"/>.</summary>
    public IpEndpoint Responder { get; private set; }

    /// <summary>The first frame.</summary>
    public FrameMark First { get; internal set; }

    /// <summary>The last frame.</summary>
    public FrameMark Last { get; internal set; }

    /// <summary>How far capture time had gone when the flow was closed: what did not happen by then was waited for that long.</summary>
    public Timestamp SeenUntil { get; internal set; }

    /// <summary>How it ended: what the first FIN or RST was. UDP ends nothing.</summary>
    public TcpEnd End { get; internal set; }

    /// <summary>Who ended it: the sender of the first FIN or RST.</summary>
    public Direction EndedBy { get; internal set; }

    /// <summary>What the initiator sent.</summary>
    public abstract HalfFlow Forward { get; }

    /// <summary>What the responder sent.</summary>
    public abstract HalfFlow Reverse { get; }

    /// <summary>What was sent in one direction.</summary>
    public abstract HalfFlow this[Direction direction] { get; }

    /// <summary>True where the responder took it up: a SYN-ACK, or any datagram.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>True once nothing more is to come.</summary>
    internal abstract bool IsOver { get; }

    /// <summary>The latest time of its frames; frames may be captured out of order.</summary>
    internal Timestamp LastActive { get; private set; } = new(long.MinValue);

    /// <summary>Its place among the table's flows.</summary>
    internal int Index { get; set; }

    /// <summary>The keyed hash of its endpoints.</summary>
    internal ulong Hash { get; set; }

    /// <summary>Which way a packet of this flow goes.</summary>
    internal Direction DirectionOf(in Packet packet) => packet.Source == Initiator ? Direction.Forward : Direction.Reverse;

    /// <summary>Becomes another flow, of which nothing was seen yet.</summary>
    private protected void Renew(long ticket, string capture, IpEndpoint initiator, IpEndpoint responder)
    {
        (Ticket, Capture, Initiator, Responder) = (ticket, capture, initiator, responder);
        (First, Last, SeenUntil, LastActive) = (default, default, default, new Timestamp(long.MinValue));
        (End, EndedBy) = (TcpEnd.Open, default);
        (Index, Hash) = (0, 0);
    }

    private protected void Touch(FrameMark mark)
    {
        Last = mark;
        if (!First.IsSet) First = mark;
        if (mark.Time > LastActive) LastActive = mark.Time;
    }
}
