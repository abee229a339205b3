using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A router said that a packet is too big for the path.</summary>
internal sealed class PacketTooBig : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Flow?.Tcp is not { HasIcmp: true }) return null;
        var step = connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Icmp && IcmpNames.IsTooBig(s.Event.Icmp));
        if (step is null) return null;
        var limit = step.Event.Icmp.NextHopMtu > 0 ? $", the MTU of the next hop is {step.Event.Icmp.NextHopMtu} bytes" : "";
        var isLost = connection.Outcome.Class == OutcomeClass.NoServerHello;
        return new Finding(
            "packet-too-big", isLost ? Severity.Error : Severity.Warning, isLost ? Confidence.Likely : Confidence.Certain, "A packet was too big for the path",
            $"{step.Event.IcmpSender} dropped a packet{limit}",
            "Lower the sender's MTU, or clamp the MSS, to fit the path",
            Aliases, [step.Last.Frame], step.Event.Icmp.IsIpv6 ? "RFC 8201 section 3" : "RFC 1191 section 3") { At = step };
    }

    private static readonly string[] Aliases = ["fragmentation needed and DF set", "EMSGSIZE", "Message too long", "Packet too big", "PMTUD"];
}
