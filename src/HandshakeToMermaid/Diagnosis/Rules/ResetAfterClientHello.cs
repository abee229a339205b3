using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server reset the connection instead of answering the ClientHello.</summary>
internal sealed class ResetAfterClientHello(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["reset-injected"];

    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.ResetByServer || connection.Outcome.By != OutcomeActor.Server || witness.Of(connection) is not { HasServerHello: false, ClientHello: { } hello } tls) return null;
        var reset = connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Rst && s.From == tls.Server);
        var name = tls.Facts.ServerName is { } sni ? $" for {Wording.Name(sni)}" : "";
        return new Finding(
            "reset-after-client-hello", Severity.Error, IsServersOwn(tls.Flow) ? Confidence.Certain : Confidence.Likely, "Connection reset after the ClientHello",
            $"the server sent a RST after the ClientHello{name}, without an alert",
            "Check the server's log: unknown name, a crash, or an access list",
            Aliases, TlsEvidence.FramesOf(hello, reset), "RFC 9293 section 3.5.2") { At = reset ?? (Step)hello };
    }

    /// <summary>The server's other segments distinguish its RST from one that a middlebox forged.</summary>
    private static bool IsServersOwn(FlowSummary flow) => flow.Tcp is { SynAck.IsSet: true } && !flow.LacksAnyOf(flow.Client.Opposite());

    private static readonly string[] Aliases =
    [
        "ECONNRESET", "Connection reset by peer", "ERR_CONNECTION_RESET", "PR_CONNECT_RESET_ERROR", "SSL_ERROR_SYSCALL", "read: connection reset by peer", "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake",
        "java.net.SocketException: Connection reset", "An existing connection was forcibly closed by the remote host",
    ];
}
