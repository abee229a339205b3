using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client guessed the wrong group, and the handshake took one more round trip.</summary>
internal sealed class HelloRetryCost(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { IsEstablished: true, RetryRequest: { } retry } tls || tls.Facts.HelloRetryRequest?.Group is not { } group) return null;
        var guessed = Wording.Few([.. (tls.Facts.ClientHello?.KeyShares ?? []).Where(k => !k.Group.IsGrease).Select(k => k.Group.Label)], 2);
        return new Finding(
            "hello-retry-cost", Severity.Info, Confidence.Certain, "HelloRetryRequest cost a round trip",
            $"the client sent a key share for {guessed}, the server requested {group.Label}",
            "Configure both sides to prefer the same group",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, retry, tls.ServerHello), "RFC 8446 section 4.1.4") { At = retry };
    }

    private static readonly string[] Aliases = ["HelloRetryRequest", "hello_retry_request", "2-RTT handshake"];
}
