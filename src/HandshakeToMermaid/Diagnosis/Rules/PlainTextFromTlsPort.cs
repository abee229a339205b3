using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Recognition;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A ClientHello was answered by something that is no TLS.</summary>
internal sealed class PlainTextFromTlsPort(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { HasServerHello: false, ClientHello: { } hello } tls) return null;
        if (connection.Outcome.Class != OutcomeClass.NotTls || tls.Facts.Messages.Any(m => m.From == tls.Server) || tls.Facts.Half(tls.Server) is not { IsCleartext: true } half) return null;
        return new Finding(
            "plain-text-from-tls-port", Severity.Error, Confidence.Certain, "The server's reply is not TLS",
            $"the ClientHello was answered with {Cleartext.Of(half.Foreign.Span).Words}",
            "Use the TLS port, or enable TLS on this one",
            Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(hello), [half.ForeignMark.Frame]), "RFC 8446 section 4.1.2") { At = hello };
    }

    private static readonly string[] Aliases =
    [
        "WRONG_VERSION_NUMBER", "wrong version number", "packet length too long", "SSL_ERROR_RX_RECORD_TOO_LONG", "ERR_SSL_PROTOCOL_ERROR", "EPROTO",
        "tls: first record does not look like a TLS handshake", "http: server gave HTTP response to HTTPS client", "Unsupported or unrecognized SSL message", "Cannot determine the frame size or a corrupted frame was received",
    ];
}
