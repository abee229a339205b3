using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server ended the connection without saying in TLS that it was done: what it sent may have been cut off.</summary>
internal sealed class NoCloseNotify(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { IsEstablished: true } tls) return null;
        if (tls.Flow.Tcp?[tls.Server] is not { } half || !half.Fin.IsSet || half.MissingBytes > 0 || tls.Flow.End?.By != tls.Server || !IsFollowed(tls)) return null;
        // Any alert before its FIN will do: the server said something before it left, or the client had ended TLS itself.
        if (tls.Facts.Alerts.Any(a => !a.Last.IsAfter(half.Fin))) return null;
        var (hasData, fin) = DataAndFin(connection, tls.Server);
        if (!hasData) return null;
        return new Finding(
            "no-close-notify", Severity.Warning, Confidence.Certain, "The server closed without close_notify",
            "it closed TCP without closing TLS: the client cannot tell whether the data is complete",
            "Make the server send close_notify before it closes",
            Aliases, [half.Fin.Frame], "RFC 8446 section 6.1") { At = fin };
    }

    /// <summary>True where every record up to the end was read: without keys TLS 1.3 cannot be followed that far.</summary>
    private bool IsFollowed(TlsEvidence tls)
    {
        if (tls.Facts.Half(tls.Server) is not { HasGap: false, HasLostRecords: false } half) return false;
        return (tls.Facts.HasOpenedData(tls.Server) || tls.Facts.Version is { IsTls13: false }) && half.DataBytes < witness.FollowedBytes;
    }

    private static (bool HasData, TcpStep? Fin) DataAndFin(Connection connection, Direction server) => (
        connection.Steps.Any(s => s.Phase == Phase.Data && s.From == server),
        connection.Steps.OfType<TcpStep>().FirstOrDefault(s => s.Kind == TcpEventKind.Fin && s.From == server));

    private static readonly string[] Aliases =
    [
        "unexpected eof while reading", "SSL_R_UNEXPECTED_EOF_WHILE_READING", "GNUTLS_E_PREMATURE_TERMINATION", "The TLS connection was non-properly terminated", "closing inbound before receiving peer's close_notify",
        "SSLEOFError", "tls: unexpected EOF", "Received an unexpected EOF or 0 bytes from the transport stream",
    ];
}
