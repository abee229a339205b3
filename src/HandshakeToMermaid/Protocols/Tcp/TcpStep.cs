using System.Globalization;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Tcp;

/// <summary>One event of a TCP connection as a step.</summary>
internal sealed class TcpStep : Step
{
    private readonly TcpEvent what;
    private readonly byte usualTimeToLive;
    private readonly bool isDeadEnd;
    private readonly bool isHomeless;
    private Phase phase;

    /// <param name="what">The event.</param>
    /// <param name="home">Its band; null if TCP alone cannot determine it because another protocol was active meanwhile.</param>
    /// <param name="isDeadEnd">True if the event failed to have an effect.</param>
    /// <param name="usualTimeToLive">What the sender's other frames had.</param>
    internal TcpStep(TcpEvent what, Phase? home, bool isDeadEnd, byte usualTimeToLive)
    {
        this.what = what;
        isHomeless = home is null;
        phase = home ?? Phase.Tls;
        this.isDeadEnd = isDeadEnd;
        this.usualTimeToLive = usualTimeToLive;
    }

    /// <summary>What happened.</summary>
    public TcpEventKind Kind => what.Kind;

    /// <summary>The event with its particulars.</summary>
    public TcpEvent Event => what;

    /// <inheritdoc/>
    public override Phase Phase => phase;

    /// <inheritdoc/>
    public override string Title => Kind switch
    {
        TcpEventKind.Syn => "SYN",
        TcpEventKind.SynRetransmission => "SYN retransmission",
        TcpEventKind.SynAck => "SYN-ACK",
        TcpEventKind.SynAckRetransmission => "SYN-ACK retransmission",
        TcpEventKind.Ack => "ACK",
        TcpEventKind.Retransmission => "Retransmission",
        TcpEventKind.ConflictingOverlap => "Conflicting overlap",
        TcpEventKind.KeepAlive => "Keep-alive",
        TcpEventKind.ZeroWindow => "Zero window",
        TcpEventKind.Gap => what.Gap switch
        {
            GapKind.CutShort => "Bytes truncated",
            GapKind.CapReached => "Bytes not reassembled",
            GapKind.LostOnPath => "Bytes lost on the path",
            _ => "Bytes not captured",
        },
        TcpEventKind.Fin => "FIN",
        TcpEventKind.Rst => (what.Flags & TcpFlags.Ack) != 0 && !IsAfterOwnFin ? "RST, ACK" : "RST",
        _ => $"{(what.Icmp.IsIpv6 ? "ICMPv6" : "ICMP")} {IcmpNames.NameOf(what.Icmp)}",
    };

    /// <inheritdoc/>
    public override string? Explanation => Kind switch
    {
        TcpEventKind.Syn => "asks to open a connection",
        TcpEventKind.SynRetransmission => "asks again: no answer arrived in time",
        TcpEventKind.SynAck => "accepts, and opens the other direction",
        TcpEventKind.SynAckRetransmission => "accepts again: no ACK arrived in time",
        TcpEventKind.Ack => "confirms: both directions are open",
        TcpEventKind.Retransmission => "sends again what may have been lost",
        TcpEventKind.ConflictingOverlap => "sends other bytes in place of earlier ones",
        TcpEventKind.KeepAlive => "checks that the other side is still there",
        TcpEventKind.ZeroWindow => "asks the sender to pause: no room for more",
        TcpEventKind.Gap => what.Gap switch
        {
            GapKind.CutShort => "is longer than the capture kept of it",
            GapKind.CapReached => "exceeds a limit of this analysis",
            GapKind.LostOnPath => "never reached the other side",
            _ => "was sent, but is missing in the capture",
        },
        TcpEventKind.Fin => "has nothing more to send",
        TcpEventKind.Rst when IsAfterOwnFin => "rejects what arrives after its end",
        TcpEventKind.Rst => phase == Phase.Tcp ? "refuses the connection" : "ends the connection at once",
        _ => IcmpNames.ExplanationOf(what.Icmp),
    };

    /// <inheritdoc/>
    public override string? Router => Kind == TcpEventKind.Icmp && !IsFromPeer ? what.IcmpSender.ToString() : null;

    /// <summary>True for an ICMP error that the host itself sent whom the quoted packet was for.</summary>
    public bool IsFromPeer { get; init; }

    /// <inheritdoc/>
    public override bool IsDeadEnd => isDeadEnd;

    /// <summary>
    /// True for a RST whose sender had closed before: what still comes for a closed connection is answered so (RFC 9293 section 3.6), and
    /// the FIN was the end.
    /// </summary>
    public bool IsAfterOwnFin { get; init; }

    /// <summary>True for a FIN that a RST followed: without it the RST would look like the end.</summary>
    public bool IsBeforeReset { get; init; }

    /// <inheritdoc/>
    public override bool IsRoutine => base.IsRoutine && !IsAfterOwnFin && !IsBeforeReset;

    /// <inheritdoc/>
    public override bool IsEndOfStream => Kind is TcpEventKind.Fin or TcpEventKind.Rst;

    /// <inheritdoc/>
    public override int Length => (int)Math.Min(int.MaxValue, what.Value);

    /// <inheritdoc/>
    public override bool IsRecovery => isHomeless || IsAfterOwnFin;

    /// <inheritdoc/>
    internal override Step? SumWith(Step next)
    {
        if (Kind != TcpEventKind.Gap || next is not TcpStep { Kind: TcpEventKind.Gap } other || other.what.Gap != what.Gap || other.From != From) return null;
        return new TcpStep(what with { Value = what.Value + other.what.Value }, phase, isDeadEnd, usualTimeToLive) { From = From, First = First, Last = other.Last };
    }

    /// <inheritdoc/>
    internal override void Rehome(Phase home)
    {
        if (isHomeless) phase = home;
    }

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields => what.Icmp.NextHopMtu > 0 ? [new StepField("MTU", what.Icmp.NextHopMtu.ToString(CultureInfo.InvariantCulture)) { Meaning = "another path" }] : [];

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail)
    {
        switch (Kind)
        {
            case TcpEventKind.Gap:
                yield return new StepFact(Detail.Normal, "", what.Gap == GapKind.LostOnPath ? $"{Bytes} sent, not received" : $"{Bytes} missing");
                break;
            case TcpEventKind.Retransmission:
                yield return new StepFact(Detail.Normal, "", $"{Bytes} retransmitted");
                break;
            case TcpEventKind.ConflictingOverlap:
                yield return new StepFact(Detail.Normal, "", $"{Bytes} differ from the first transmission, which was kept");
                break;
            case TcpEventKind.ZeroWindow:
                yield return new StepFact(Detail.Full, "", "the receive buffer is full");
                break;
            case TcpEventKind.Icmp:
                yield return new StepFact(IsFromPeer ? Detail.Brief : Detail.Full, "from", what.IcmpSender.ToString());
                if (what.Icmp.NextHopMtu > 0) yield return new StepFact(Detail.Normal, "MTU", what.Icmp.NextHopMtu.ToString(CultureInfo.InvariantCulture));
                break;
            case TcpEventKind.Rst:
                if (IsAfterOwnFin) yield return new StepFact(Detail.Normal, "", "after its own FIN");
                if (usualTimeToLive == 0 || what.TimeToLive == 0) break;
                var usual = what.TimeToLive == usualTimeToLive ? "" : string.Create(CultureInfo.InvariantCulture, $", otherwise {usualTimeToLive}");
                yield return new StepFact(Detail.Full, "TTL", what.TimeToLive.ToString(CultureInfo.InvariantCulture) + usual);
                break;
        }
    }

    private string Bytes => what.Value == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{what.Value} bytes");
}
