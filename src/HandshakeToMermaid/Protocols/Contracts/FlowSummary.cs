using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The transport below a protocol, once it is over: what a protocol needs to say how it turned out.</summary>
/// <param name="Flow">The TCP connection or UDP flow.</param>
/// <param name="Client">The direction in which the client sends.</param>
internal sealed record FlowSummary(RecordedFlow Flow, Direction Client)
{
    /// <summary>The TCP connection; null over UDP.</summary>
    public RecordedTcpFlow? Tcp => Flow as RecordedTcpFlow;

    /// <summary>What carries it: "tcp", "dtls", "quic".</summary>
    public string Transport => Flow is RecordedUdpFlow udp ? udp.Protocol : "tcp";

    /// <summary>What a protocol over UDP counted as retransmitted; TCP counts for itself.</summary>
    internal (int Forward, int Reverse) Retransmitted { get; init; }

    /// <summary>Packets of a direction that repeat what was sent before: TCP segments, or datagrams that bring nothing new.</summary>
    public int RetransmissionsOf(Direction direction) => Flow[direction].Retransmissions + (direction == Direction.Forward ? Retransmitted.Forward : Retransmitted.Reverse);

    /// <summary>Which side sends in a direction.</summary>
    public Side SideOf(Direction direction) => direction == Client ? Side.Client : Side.Server;

    /// <summary>The actor that sends in a direction.</summary>
    public OutcomeActor ActorOf(Direction direction) => direction == Client ? OutcomeActor.Client : OutcomeActor.Server;

    /// <summary>The actor at the address that an ICMP error came from: the server, or something between the two.</summary>
    public OutcomeActor ActorAt(IpAddress sender) => sender == Flow.Responder.Address ? ActorOf(Direction.Reverse) : OutcomeActor.Network;

    /// <summary>Who ended the connection; null where the capture shows no end, and over UDP.</summary>
    public ConnectionEnd? End => ConnectionEnd.Of(Tcp);

    /// <summary>True where the capture began inside the connection: neither SYN nor SYN-ACK was seen, so what was sent before is unknown.</summary>
    public bool IsJoinedMidway => Tcp is { Syn.IsSet: false, SynAck.IsSet: false } tcp && (tcp.Forward.JoinedMidway || tcp.Reverse.JoinedMidway);

    /// <summary>
    /// True where the capture lacks something that this direction sent: bytes, or a last one or a FIN that only the peer's
    /// acknowledgment shows.
    /// </summary>
    public bool LacksAnyOf(Direction direction) => Flow[direction].MissingBytes > 0 || Tcp?[direction] is { IsAcknowledgedBeyondCapture: true };

    /// <summary>Milliseconds from the connection's first frame.</summary>
    public double Since(FrameMark mark) => mark.Time.Since(Flow.First.Time).Milliseconds;
}
