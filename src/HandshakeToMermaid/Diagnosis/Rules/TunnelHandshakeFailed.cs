using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>
/// An alert ended the TLS handshake inside a tunnel that was opened inside TLS. Only keys show it: the connection itself was established with the proxy. Where
/// bytes of the connection are missing, the handshake may have been completed before.
/// </summary>
internal sealed class TunnelHandshakeFailed : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy =>
    [
        "tunnel-certificate-revoked", "tunnel-signature-invalid", "tunnel-certificate-expired", "tunnel-certificate-not-yet-valid", "tunnel-certificate-self-signed", "tunnel-certificate-missing-intermediate",
        "tunnel-certificate-name-mismatch", "tunnel-certificate-weak-key", "tunnel-certificate-weak-signature", "tunnel-certificate-key-usage", "tunnel-certificate-unknown-authority",
        "tunnel-certificate-wrong-order",
    ];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.FactsOf<InnerFacts>() is not { Tls: { Done.IsSet: false } tls } inner || connection.Flow is not { } flow) return null;
        if (flow.LacksAnyOf(flow.Client) || flow.LacksAnyOf(flow.Client.Opposite())) return null;
        if (tls.Alerts.FirstOrDefault(static a => a.IsFatal) is not { Alert: { } alert } complaint) return null;
        var (from, name) = (complaint.From == flow.Client ? "client" : "server", alert.Description.Name);
        var at = inner.Steps.FirstOrDefault(s => s.From == complaint.From && s.Last == complaint.Last && s.IsDeadEnd);
        return new Finding(
            "tunnel-handshake-failed", Severity.Error, Confidence.Certain, "The TLS handshake inside the tunnel failed", $"inside the tunnel the {from} sent the alert {name} before the handshake was complete",
            $"Check the log of the {from}, and what it requires of the other side", [name, $"alert {name.Replace('_', ' ')}", $"SSL alert number {alert.Description.Code}"],
            TlsEvidence.FramesOf(inner.Steps.FirstOrDefault(), complaint), "RFC 8446 section 6.2") { At = at };
    }
}
