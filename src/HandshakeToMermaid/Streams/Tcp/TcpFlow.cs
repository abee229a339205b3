using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>One TCP connection: its two directions and what happened on it.</summary>
public sealed class TcpFlow
{
    internal TcpFlow(long ticket, string capture, IpEndpoint initiator, IpEndpoint responder)
    {
        Ticket = ticket;
        Capture = capture;
        Initiator = initiator;
        Responder = responder;
    }

    /// <summary>Order of first sight among all flows and look-ups of the capture.</summary>
    public long Ticket { get; }

    /// <summary>The capture in which it began.</summary>
    public string Capture { get; }

    /// <summary>Who sends in <see cref="Direction.Forward"/>: the sender of the SYN, or of the first packet seen.</summary>
    public IpEndpoint Initiator { get; }

    /// <summary>Who sends in <see cref="Direction.Reverse"/>.</summary>
    public IpEndpoint Responder { get; }

    /// <summary>The first frame.</summary>
    public FrameMark First { get; internal set; }

    /// <summary>The last frame.</summary>
    public FrameMark Last { get; internal set; }

    /// <summary>The frame of the first SYN.</summary>
    public FrameMark Syn { get; internal set; }

    /// <summary>The frame of the first SYN-ACK.</summary>
    public FrameMark SynAck { get; internal set; }

    /// <summary>The frame of the ACK that completed the handshake.</summary>
    public FrameMark Ack { get; internal set; }

    /// <summary>How it ended.</summary>
    public TcpEnd End { get; internal set; }

    /// <summary>Who ended it: the sender of the first FIN or RST.</summary>
    public Direction EndedBy { get; internal set; }

    /// <summary>What happened, in capture order, at most <see cref="AnalyzerLimits.EventsPerFlow"/> of them.</summary>
    public IReadOnlyList<TcpEvent> Events => events;

    /// <summary>Takes the bytes.</summary>
    public IStreamReader? Reader { get; internal set; }

    /// <summary>The bytes sent by the initiator.</summary>
    public HalfStream Forward { get; } = new();

    /// <summary>The bytes sent by the responder.</summary>
    public HalfStream Reverse { get; } = new();

    /// <summary>The half of one direction.</summary>
    public HalfStream this[Direction direction] => direction == Direction.Forward ? Forward : Reverse;

    private readonly List<TcpEvent> events = new(4);
}
