using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// A flow that a table follows, or followed: who speaks with whom, and since when. It stands for this one flow for good; what was seen of it
/// comes as a <see cref="RecordedFlow"/>.
/// </summary>
internal abstract class Flow
{
    private List<EncapsulationPath?>? otherWays;

    private protected Flow(long ordinal, string capture, IpEndpoint initiator, IpEndpoint responder, FrameMark first)
    {
        Ordinal = ordinal;
        Capture = capture;
        Initiator = initiator;
        Responder = responder;
        First = first;
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
    public EncapsulationPath? Encapsulation { get; init; }

    /// <summary>True where its packets came by more than one way: a tunnel that is another one each way, or a mirror port.</summary>
    internal bool HasSeveralWays => otherWays is not null;

    /// <summary>True where a packet of it came by this way before.</summary>
    internal bool CameBy(EncapsulationPath? way) => ReferenceEquals(Encapsulation, way) || (otherWays is not null && otherWays.Contains(way));

    /// <summary>Notes another way by which its packets come.</summary>
    internal void Join(EncapsulationPath? way)
    {
        otherWays ??= [];
        if (otherWays.Count == MaxWays) otherWays.RemoveAt(0);
        otherWays.Add(way);
    }

    /// <summary>True where the responder took it up by now: a SYN-ACK, or any datagram.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>True once nothing more is to come.</summary>
    public abstract bool IsOver { get; }

    /// <summary>The latest time of its frames; frames may be captured out of order.</summary>
    public abstract Timestamp LastActive { get; }

    /// <summary>What was seen of it: a snapshot while it is open; once it is closed always the same object.</summary>
    /// <param name="now">How far capture time has gone; used for a snapshot only.</param>
    public abstract RecordedFlow Record(Timestamp now);

    /// <summary>Its place among the table's flows; <see cref="Closed"/> once it is in the table no more.</summary>
    internal int Index { get; set; }

    /// <summary>Bytes that its table has charged for it; see <see cref="TableMemory"/>.</summary>
    internal int Charged { get; set; }

    /// <summary>The list that it stands in, null where it stands in none, and its neighbours there.</summary>
    internal FlowList? List { get; set; }

    internal Flow? Earlier { get; set; }

    internal Flow? Later { get; set; }

    /// <summary>The keyed hash of its endpoints.</summary>
    internal ulong Hash { get; init; }

    /// <summary>Ways that are remembered: mirror ports on a path of a few hops, or the last tunnels of a phone that moves.</summary>
    private const int MaxWays = 16;

    /// <summary>The place of a flow that is in the table no more.</summary>
    internal const int Closed = -1;

    /// <summary>Which way a packet of this flow goes.</summary>
    internal Direction DirectionOf(in Packet packet) => packet.Source == Initiator ? Direction.Forward : Direction.Reverse;
}
