using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server wanted a certificate of the client and got none.</summary>
internal sealed class ClientCertificateMissing(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        if (tls is { IsServersAlert: true, Complaint.Code: 116 }) return Missing(tls, Confidence.Certain, "the server requires a client certificate and the client sent none", tls.Alert!);
        else if (tls.IsServersAlert && tls.HasServerHello && IsComplaint(tls) && SentNone(tls) is { } none)
        {
            return Missing(tls, Confidence.Certain, $"the server requested a certificate, the client sent {none}", tls.Alert!);
        }
        else if (connection.Outcome.Class == OutcomeClass.RejectedLate && connection.Outcome.Confidence == Confidence.Likely && tls.Facts.Flights is { HasEmptyCertificate: true, ClientFlight: { } flight })
        {
            return Missing(tls, Confidence.Likely, "the length of the client's flight fits an empty certificate list", flight);
        }

        return tls.IsEstablished ? AnsweredWithError(connection, tls) : null;
    }

    /// <summary>The handshake completed without a certificate, and HTTP refused the request.</summary>
    private static Finding? AnsweredWithError(Connection connection, TlsEvidence tls)
    {
        var isEmpty = tls.Facts.ClientCertificate == ClientCertificateState.Empty;
        if (!isEmpty && tls.Facts.Flights is not { HasEmptyCertificate: true }) return null;
        var at = tls.Facts.Session.Find(HandshakeType.Certificate, tls.Client) ?? (Step?)tls.Facts.Flights?.ClientFlight;
        var answer = connection.Steps.LastOrDefault(s => s.Phase == Phase.Data && s.From == tls.Server);
        var http = connection.FactsOf<HttpFacts>();
        var sent = isEmpty ? "it sent an empty list" : "the length of its flight fits an empty list";
        (Confidence, string)? reason = http switch
        {
            { SaysCertificateIsMissing: true } => (Confidence.Certain, $"the response {http.Status} says so"),
            { Status: 400 or 403 } => (Confidence.Likely, $"{sent}, the server responded with {http.Status}"),
            null or { Status: 0 } when IsShortAnswer(tls) => (Confidence.Likely, $"{sent}, the response is as short as an error page"),
            _ => null,
        };
        if (reason is not var (confidence, cause)) return null;
        return new Finding(
            "client-certificate-missing", Severity.Warning, confidence, isEmpty ? "The client sent no certificate" : "The client probably sent no certificate", cause, Fix,
            Aliases, TlsEvidence.FramesOf(tls.CertificateRequest, at, answer), "RFC 8446 section 4.4.2.4") { At = at };
    }

    /// <summary>True where a client of HTTP got so little before the end that it can hardly be more than an error page.</summary>
    private static bool IsShortAnswer(TlsEvidence tls)
    {
        if (tls.Facts.IsOpened(tls.Server) || tls.Flow.End is null || tls.Facts.Half(tls.Server) is not { HasGap: false } half) return false;
        if (tls.Facts.ClientHello is not { } hello || !hello.AlpnProtocols.Any(p => p is "h2" or "http/1.1")) return false;
        var bytes = tls.Facts.Flights?.ServerBytes ?? half.DataBytes;
        return bytes > 0 && bytes <= (tls.Facts.Flights is null ? ErrorPage : ErrorPage + Tickets);
    }

    /// <summary>What the client sent in place of a certificate; null where it sent one, or may have.</summary>
    private static string? SentNone(TlsEvidence tls) => tls.Facts.ClientCertificate switch
    {
        ClientCertificateState.Empty => "an empty list",
        ClientCertificateState.Requested when tls.CertificateRequest is { } request && tls.Facts.Half(tls.Client) is { HasGap: false }
            && tls.Facts.Messages.Any(m => m.From == tls.Client && m.Last.IsAfter(request.Last)) => "none",
        _ => null,
    };

    private static bool IsComplaint(TlsEvidence tls) => tls.Complaint is { Code: 40 or 41 or 42 or 43 or 46 or 49 };

    private static Finding Missing(TlsEvidence tls, Confidence confidence, string cause, Step at) => new(
        "client-certificate-missing", Severity.Error, confidence, "The client sent no certificate", cause,
        Fix,
        Aliases, TlsEvidence.Frames(TlsEvidence.FramesOf(tls.CertificateRequest, at), [tls.Connection.Outcome.Frame]), "RFC 8446 section 4.4.2.4") { At = at };

    private const string Fix = "Use a client certificate (curl --cert --key)";

    /// <summary>Head and page of nginx come to some 400 bytes.</summary>
    private const int ErrorPage = 1024;

    /// <summary>Two session tickets of TLS 1.3.</summary>
    private const int Tickets = 640;

    private static readonly string[] Aliases =
    [
        "certificate required", "tlsv13 alert certificate required", "No required SSL certificate was sent", "peer did not return a certificate",
        "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "tls: client didn't provide a certificate", "bad_certificate", "Empty client certificate chain",
    ];
}
