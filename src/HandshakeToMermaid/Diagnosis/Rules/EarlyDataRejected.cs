using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server threw away what the client sent with its ClientHello.</summary>
internal sealed class EarlyDataRejected(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["resumption-refused", "hello-retry-cost"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { IsEstablished: true } tls || tls.Facts.EarlyData != EarlyDataState.Rejected) return null;
        var early = tls.Facts.Steps.FirstOrDefault(s => s is ApplicationDataStep { IsEarly: true });
        return new Finding(
            "early-data-rejected", Severity.Info, Confidence.Certain, "Early data (0-RTT) was rejected",
            "the server did not accept it, the client has to send it again",
            "Enable early data on the server (nginx: ssl_early_data)",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, early, tls.ServerHello), "RFC 8446 section 4.2.10") { At = early ?? tls.ServerHello };
    }

    private static readonly string[] Aliases = ["ERR_EARLY_DATA_REJECTED", "ERR_WRONG_VERSION_ON_EARLY_DATA", "Early data was rejected", "NS_ERROR_NET_RESET 0-RTT", "425 Too Early"];
}
