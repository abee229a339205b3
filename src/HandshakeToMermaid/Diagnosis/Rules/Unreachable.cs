using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The network says that the server cannot be reached.</summary>
internal sealed class Unreachable : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.Unreachable) return null;
        var step = connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Icmp && IcmpNames.IsUnreachable(s.Event.Icmp));
        if (step is null) return null;
        return new Finding(
            "unreachable", Severity.Error, Confidence.Certain, "The server is unreachable",
            $"{step.Event.IcmpSender} reported ICMP {IcmpNames.NameOf(step.Event.Icmp)}",
            "Check the address, the routes, and the firewall at that hop",
            Aliases, TlsEvidence.Frames([connection.Flow?.Tcp?.Syn.Frame ?? 0], [step.Last.Frame]), step.Event.Icmp.IsIpv6 ? "RFC 4443 section 3.1" : "RFC 792") { At = step };
    }

    private static readonly string[] Aliases =
        ["EHOSTUNREACH", "ENETUNREACH", "No route to host", "Network is unreachable", "ERR_ADDRESS_UNREACHABLE", "connect: no route to host", "java.net.NoRouteToHostException"];
}
