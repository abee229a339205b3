using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server wanted a certificate of the client and got none.</summary>
internal sealed class ClientCertificateMissing(Witness witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        if (tls is { IsServersAlert: true, Complaint.Code: 116 }) return Missing(tls, Confidence.Proved, "the server wants a certificate and the client has sent none", tls.Alert!);
        else if (tls.IsServersAlert && tls.HasServerHello && tls.Facts.ClientCertificate is ClientCertificateState.Empty or ClientCertificateState.Requested && IsComplaint(tls))
        {
            return Missing(tls, Confidence.Proved, "the server asked for a certificate, the client sent an empty list", tls.Alert!);
        }
        else if (connection.Outcome is { Class: OutcomeClass.RejectedLate, Confidence: Confidence.Likely } && tls.Facts.Flights is { HasEmptyCertificate: true, ClientFlight: { } flight })
        {
            return Missing(tls, Confidence.Likely, "the client's flight has just the length of an empty certificate list", flight);
        }

        return null;
    }

    private static bool IsComplaint(TlsEvidence tls) => tls.Complaint is { Code: 40 or 41 or 42 or 43 or 46 or 49 };

    private static Finding Missing(TlsEvidence tls, Confidence confidence, string cause, Step at) => new(
        "client-certificate-missing", Severity.Error, confidence, "The client sent no certificate", cause,
        "Give the client a certificate and its key (curl --cert --key)",
        Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(tls.CertificateRequest, at), [tls.Connection.Outcome.Frame]), "RFC 8446 section 4.4.2.4") { At = at };

    private static readonly string[] Aliases =
    [
        "certificate required", "tlsv13 alert certificate required", "No required SSL certificate was sent", "peer did not return a certificate",
        "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "tls: client didn't provide a certificate", "bad_certificate", "Empty client certificate chain",
    ];
}
