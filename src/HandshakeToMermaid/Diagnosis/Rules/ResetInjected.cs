using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A reset in the server's name does not look like the server's other packets.</summary>
internal sealed class ResetInjected(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.ResetByServer || connection.Flow is not { } flow) return null;
        var server = flow.Client.Opposite();
        if (connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Rst && s.From == server) is not { } reset) return null;
        if (flow.Tcp is not { } tcp || ForeignReset.Of(tcp) is not { } foreign) return null;
        var hello = witness.Of(connection)?.ClientHello;
        var ttl = $"its TTL is {foreign.TimeToLive}, the server's is {foreign.UsualTimeToLive}";
        var speed = foreign is { After: { } a, RoundTrip: { } t } ? $"it arrived after {Wording.Wait(a)}, the round trip to the server takes {Wording.Wait(t)}" : "";
        return new Finding(
            "reset-injected", Severity.Error, Confidence.Likely, "The RST was probably not sent by the server",
            foreign is { HasForeignTimeToLive: true, IsTooFast: true } ? $"{ttl}, and it arrived faster than the server can reply" : foreign.HasForeignTimeToLive ? ttl : speed,
            "Look for a firewall or filter on the path that blocks the name",
            Aliases, TlsEvidence.FramesOf(hello, reset), "RFC 9293 section 3.5.2") { At = reset };
    }

    private static readonly string[] Aliases =
        ["ECONNRESET", "Connection reset by peer", "ERR_CONNECTION_RESET", "PR_CONNECT_RESET_ERROR", "read: connection reset by peer", "TCP reset injection", "SSL_ERROR_SYSCALL"];
}
