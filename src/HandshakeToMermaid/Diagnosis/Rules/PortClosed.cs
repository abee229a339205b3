using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The port is closed: no process listens on it.</summary>
internal sealed class PortClosed : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.TcpRefused || connection.Server.Endpoint is not { } server) return null;
        var reset = First(connection.Steps, TcpEventKind.Rst);
        var syn = First(connection.Steps, TcpEventKind.Syn);
        return new Finding(
            "port-closed", Severity.Error, Confidence.Certain, "Connection refused: nothing is listening on the port",
            $"{server.Address} answered the SYN to port {server.Port} with a RST",
            "Start the server, or correct the port or the firewall",
            Aliases, TlsEvidence.FramesOf(syn, reset), "RFC 9293 section 3.10.7.1") { At = reset };
    }

    private static TcpStep? First(IReadOnlyList<Step> steps, TcpEventKind kind)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is TcpStep step && step.Kind == kind) return step;
        }

        return null;
    }

    private static readonly string[] Aliases =
        ["ECONNREFUSED", "Connection refused", "ERR_CONNECTION_REFUSED", "NS_ERROR_CONNECTION_REFUSED", "connect: connection refused", "java.net.ConnectException: Connection refused", "No connection could be made because the target machine actively refused it"];
}
