using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// What a capture holds of one flow, at its end or at the moment of a snapshot: endpoints, times, counters, bytes and gaps. Nothing in it
/// changes, so that any thread may read it; its bytes are released once it was read.
/// </summary>
internal abstract class RecordedFlow
{
    private protected RecordedFlow(Flow flow, FrameMark last, Timestamp seenUntil, RecordedState state)
    {
        (Ordinal, Capture, Initiator, Responder, First) = (flow.Ordinal, flow.Capture, flow.Initiator, flow.Responder, flow.First);
        (Last, SeenUntil, State, Encapsulation) = (last, seenUntil, state, flow.Encapsulation);
    }

    /// <summary>Order of first sight among all flows and DNS queries of the capture, from 1.</summary>
    public long Ordinal { get; }

    /// <summary>The capture in which it began.</summary>
    public string Capture { get; }

    /// <summary>Who sends in <see cref="Direction.Forward"/>: the sender of the SYN, or of the first packet seen.</summary>
    public IpEndpoint Initiator { get; }

    /// <summary>Who sends in <see cref="Direction.Reverse"/>.</summary>
    public IpEndpoint Responder { get; }

    /// <summary>The first frame.</summary>
    public FrameMark First { get; }

    /// <summary>The tunnels and VLAN tags around its first packet; null where there were none.</summary>
    public EncapsulationPath? Encapsulation { get; }

    /// <summary>The last frame.</summary>
    public FrameMark Last { get; }

    /// <summary>How far capture time had gone when the flow was recorded: what did not happen by then was waited for that long.</summary>
    public Timestamp SeenUntil { get; }

    /// <summary>True where the flow is over, so that nothing can follow; false for a snapshot of one that goes on.</summary>
    public bool IsClosed => State == RecordedState.Closed;

    /// <summary>Why the record ends where it does.</summary>
    public RecordedState State { get; }

    /// <summary>How it ended: what the first FIN or RST was. UDP ends nothing.</summary>
    public virtual TcpEnd End => TcpEnd.Open;

    /// <summary>Who ended it: the sender of the first FIN or RST.</summary>
    public virtual Direction EndedBy => Direction.Forward;

    /// <summary>True where the responder took it up: a SYN-ACK, or any datagram.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>What the initiator sent.</summary>
    public RecordedHalf Forward => this[Direction.Forward];

    /// <summary>What the responder sent.</summary>
    public RecordedHalf Reverse => this[Direction.Reverse];

    /// <summary>What was sent in one direction.</summary>
    public RecordedHalf this[Direction direction] => HalfOf(direction);

    /// <summary>Bytes that it holds until it was read.</summary>
    internal abstract int HeldBytes { get; }

    /// <summary>The flow was read, and its bytes are needed no more. Everything else stays.</summary>
    internal virtual void ReleaseBytes()
    {
    }

    private protected abstract RecordedHalf HalfOf(Direction direction);
}
