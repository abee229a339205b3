using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The client offered to take up an earlier session; the server began anew.</summary>
internal sealed class ResumptionRefused(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { IsEstablished: true } tls || tls.Facts is not { ClientHello: { } hello, ServerHello: { } answer } || tls.Facts.Resumption != TlsResumption.No) return null;
        // A session id alone offers nothing for sure: Go sends a random one in every hello.
        var offered = answer.Version.IsTls13
            ? hello.PreSharedKey is not null ? "a pre-shared key" : null
            : hello.OffersTicket ? "a session ticket" : null;
        if (offered is null) return null;
        return new Finding(
            "resumption-refused", Severity.Info, Confidence.Certain, "The session was not resumed",
            $"the client offered {offered}, the server did a full handshake",
            "Share ticket keys between servers and restarts, or keep sessions longer",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), answer.Version.IsTls13 ? "RFC 8446 section 2.2" : "RFC 5077 section 3.1") { At = tls.ServerHello };
    }

    private static readonly string[] Aliases = ["session reuse", "ticket key rotation", "Reused, TLS", "ssl_session_ticket_key"];
}
