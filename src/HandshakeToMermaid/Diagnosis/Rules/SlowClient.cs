using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client took long to go on, beyond what the network needs.</summary>
internal sealed class SlowClient(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["retransmissions", "packet-too-big"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Timing.ClientThink is not { } thought || thought < Long || witness.Of(connection) is not { HasServerHello: true, HasFailed: false } tls) return null;
        var answer = AnswerOf(tls);
        return new Finding(
            "slow-client", Severity.Warning, Confidence.Certain, "The client was slow to respond",
            $"it took {Wording.Wait(thought)} to process the server's flight, network delay not counted",
            "Check the client: load, revocation checks, a certificate prompt",
            Aliases, TlsEvidence.FramesOf(tls.ServerHello, answer), null) { At = answer };
    }

    private static Step? AnswerOf(TlsEvidence tls) =>
        tls.Facts.Steps.FirstOrDefault(s => s.From == tls.Client && s.Last.Frame > (tls.ServerHello?.Last.Frame ?? long.MaxValue));

    /// <summary>Checking a chain costs a client a few milliseconds; half a second is felt.</summary>
    private static readonly Duration Long = Duration.FromMilliseconds(500);

    private static readonly string[] Aliases = ["time_appconnect", "OCSP check blocking", "CRL download", "slow TLS handshake"];
}
