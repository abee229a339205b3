using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>The datagrams between two endpoints (RFC 768) from the one on by which a protocol recognised them.</summary>
public sealed class UdpFlow : Flow
{
    private readonly List<UdpError> errors = [];

    internal UdpFlow(long ticket, string capture, IpEndpoint initiator, IpEndpoint responder, string protocol)
        : base(ticket, capture, initiator, responder) => Protocol = protocol;

    /// <summary>The name of the protocol that recognised it: "dtls", "quic".</summary>
    public string Protocol { get; }

    /// <summary>Takes the datagrams.</summary>
    public IDatagramReader? Reader { get; internal set; }

    /// <summary>ICMP errors that quote its datagrams; later ones than <see cref="AnalyzerLimits.EventsPerFlow"/> are not kept.</summary>
    public IReadOnlyList<UdpError> Errors => errors;

    /// <inheritdoc/>
    public override UdpHalf Forward { get; } = new();

    /// <inheritdoc/>
    public override UdpHalf Reverse { get; } = new();

    /// <inheritdoc/>
    public override UdpHalf this[Direction direction] => direction == Direction.Forward ? Forward : Reverse;

    /// <inheritdoc/>
    internal override bool IsAnswered => Reverse.Packets > 0;

    /// <inheritdoc/>
    internal override bool IsOver => Reader is { IsOver: true };

    /// <summary>The list of <see cref="UdpFlowTable"/> that it stands in, and its neighbours there.</summary>
    internal UdpFlowList? List { get; set; }

    internal UdpFlow? Earlier { get; set; }

    internal UdpFlow? Later { get; set; }

    /// <summary>Takes a datagram; false where it begins another flow.</summary>
    internal bool Take(in Packet packet)
    {
        var from = DirectionOf(in packet);
        if (!Reader!.Datagram(from, in packet)) return false;
        Touch(packet.Mark);
        var half = this[from];
        var length = Math.Max(packet.PayloadLength, packet.Payload.Length);
        if (half.Packets++ == 0) half.TimeToLive = packet.TimeToLive;
        if (!half.FirstPayload.IsSet && length > 0) half.FirstPayload = packet.Mark;
        half.Delivered += packet.Payload.Length;
        half.CutBytes += length - packet.Payload.Length;
        half.MissingBytes += length - packet.Payload.Length;
        return true;
    }

    /// <summary>Takes an ICMP error that quotes a datagram of this flow.</summary>
    internal void TakeIcmp(in Packet packet, AnalyzerLimits limits)
    {
        Touch(packet.Mark);
        if (errors.Count < limits.EventsPerFlow) errors.Add(new UdpError(DirectionOf(in packet), packet.Mark, packet.Icmp, packet.IcmpSender));
    }
}
