using System.Globalization;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Udp;

/// <summary>An ICMP error about a datagram of the flow. It travels towards the sender of what it quotes.</summary>
internal sealed class IcmpStep(UdpError error, bool isDeadEnd, bool isFromPeer = false) : Step
{
    private Phase phase = Phase.Tls;

    /// <summary>The error with its particulars.</summary>
    public UdpError Error => error;

    /// <inheritdoc/>
    public override Phase Phase => phase;

    /// <inheritdoc/>
    public override string Title => $"{(error.Icmp.IsIpv6 ? "ICMPv6" : "ICMP")} {IcmpNames.NameOf(error.Icmp)}";

    /// <inheritdoc/>
    public override string? Explanation => IcmpNames.ExplanationOf(error.Icmp);

    /// <inheritdoc/>
    public override string? Router => isFromPeer ? null : error.Sender.ToString();

    /// <inheritdoc/>
    public override bool IsDeadEnd => isDeadEnd;

    /// <inheritdoc/>
    public override bool IsRecovery => !isDeadEnd;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail)
    {
        yield return new StepFact(isFromPeer ? Detail.Brief : Detail.Full, "from", error.Sender.ToString());
        if (error.Icmp.NextHopMtu > 0) yield return new StepFact(Detail.Normal, "MTU", error.Icmp.NextHopMtu.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    internal override void Rehome(Phase home) => phase = home == Phase.Tcp ? Phase.Tls : home;
}
