using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server does not know the name that the client sent.</summary>
internal sealed class UnrecognizedName(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        var step = tls.FindAlert(tls.Server, AlertDescription.UnrecognizedName);
        if (step is null) return null;
        // As a warning it is harmless: the server goes on with its default certificate.
        var isError = ReferenceEquals(step, tls.Alert) && tls.HasFailed;
        return new Finding(
            "unrecognized-name", isError ? Severity.Error : Severity.Warning, Confidence.Certain, "The server does not recognise this name (SNI)",
            tls.Facts.ServerName is { } name ? $"the client asked for {Wording.Name(name)}, which the server does not serve" : "the client sent no name, and the server requires one",
            "Add the name to the server's configuration, or correct the URL or the DNS",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, step), "RFC 6066 section 3") { At = step };
    }

    private static readonly string[] Aliases =
    [
        "SSL_ERROR_UNRECOGNIZED_NAME_ALERT", "ERR_SSL_UNRECOGNIZED_NAME_ALERT", "tlsv1 unrecognized name", "handshake alert: unrecognized_name", "tls: unrecognized name",
        "Received fatal alert: unrecognized_name", "ssl_reject_handshake",
    ];
}
