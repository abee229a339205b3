using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>
/// The authentication server refused a supplicant for another reason than a TLS handshake that failed, which its alert explains; where not all of the
/// handshake was captured, it may have failed.
/// </summary>
internal sealed class EapRefused : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.FactsOf<EapFacts>() is not { Refusal: { } refusal } facts || (facts.HasTls && !connection.Outcome.IsCompleted)) return null;
        var cause = facts.HasTls ? $"the TLS handshake of {facts.Method} completed, and the server answered what followed with EAP Failure"
            : facts.HasNak ? $"the supplicant refused {facts.Method ?? "the method of the server"} and no other method was agreed on"
            : "the server answered with EAP Failure before a TLS handshake began";
        return new Finding(
            "eap-refused", Severity.Error, Confidence.Certain, "The network refused the supplicant", cause,
            "Look into the server's log: user, password, method, policy", Aliases, TlsEvidence.FramesOf(refusal), "RFC 3748 section 4.2") { At = refusal };
    }

    private static readonly string[] Aliases = ["CTRL-EVENT-EAP-FAILURE", "EAP authentication failed", "Access-Reject", "Login incorrect"];
}
