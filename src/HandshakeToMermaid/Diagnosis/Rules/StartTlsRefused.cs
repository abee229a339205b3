using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client requested the upgrade to TLS and the server refused.</summary>
internal sealed class StartTlsRefused : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.FactsOf<UpgradeFacts>() is not { JsonKey: "starttls", Refused: { } refusal } facts || connection.Flow is not { } flow) return null;
        var goesOn = facts.GoesOnInClear(flow);
        return new Finding(
            "starttls-refused", goesOn ? Severity.Warning : Severity.Error, Confidence.Certain,
            goesOn ? "The server refused TLS, the client continues in cleartext" : "The server refused TLS",
            facts.Asked is { } asked ? $"it answered {asked.Title} with {refusal.Title}" : $"it answered {refusal.Title}",
            goesOn ? "Enable TLS on the server, and require it on the client" : "Enable TLS on the server: configure a certificate and its key",
            Aliases, TlsEvidence.FramesOf(facts.Asked, refusal), facts.Wrapper == "starttls-smtp" ? "RFC 3207 section 4" : null) { At = refusal };
    }

    private static readonly string[] Aliases =
    [
        "server does not support SSL, but SSL was required", "454 4.7.0 TLS not available", "TLS not available due to temporary reason",
        "STARTTLS failed", "SSL connection error: SSL is required but the server doesn't support it", "534 Policy requires SSL",
    ];
}
