using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Udp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>ICMP errors answered the client's datagrams: the port is closed, or the host or network is unreachable.</summary>
internal sealed class DatagramUndelivered : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.Unreachable || connection.Server.Endpoint is not { } server) return null;
        if (connection.Steps.OfType<IcmpStep>().FirstOrDefault(s => s.IsDeadEnd) is not { Error: var error } step) return null;
        var isPort = error.Icmp.IsIpv6 ? error.Icmp is { Type: 1, Code: 4 } : error.Icmp is { Type: 3, Code: 3 };
        return new Finding(
            isPort ? "port-closed" : "unreachable", Severity.Error, Confidence.Certain, isPort ? "Connection refused: nothing is listening on the port" : "The server is unreachable",
            $"{error.Sender} reported ICMP {IcmpNames.NameOf(error.Icmp)} ({server.Address}, UDP port {server.Port})",
            isPort ? "Start the server, or correct the port or the firewall" : "Check the address, the routes, and the firewall at that hop",
            Aliases, TlsEvidence.Frames([connection.Flow?.Flow.First.Frame ?? 0], [step.Last.Frame]), error.Icmp.IsIpv6 ? "RFC 4443 section 3.1" : "RFC 792") { At = step };
    }

    private static readonly string[] Aliases = ["ECONNREFUSED", "Connection refused", "read: connection refused", "EHOSTUNREACH", "No route to host", "WSAECONNRESET"];
}
