using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server refused the certificate that the client sent.</summary>
internal sealed class ClientCertificateRejected(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        if (tls is { HasFailed: true, IsServersAlert: true } && tls.Facts.ClientCertificate == ClientCertificateState.Sent && tls.Complaint is { Code: (>= 40 and <= 46) or 48 or 49 or 51 } complaint)
        {
            var step = tls.ClientChain?.Step;
            var reason = Reason(tls.ClientChain, complaint.Code);

            // handshake_failure and decrypt_error are sent for other reasons too.
            var confidence = reason is null && complaint.Code is (40 or 51) ? Confidence.Likely : Confidence.Certain;
            return Rejected(confidence, reason ?? $"the server responded with the alert {complaint.Name}", TlsEvidence.FramesOf(step, tls.Alert), tls.Alert);
        }
        else if (connection.Outcome.Class == OutcomeClass.RejectedLate && connection.Outcome.Confidence == Confidence.Likely && tls.Facts.Flights is { HasEmptyCertificate: false, IsLoneFinished: false, ClientFlight: { } flight })
        {
            return Rejected(
                Confidence.Likely, "the server closed after the client's flight, which is long enough for a certificate",
                TlsEvidence.Frames([flight.Last.Frame], [connection.Outcome.Frame]), flight);
        }

        return null;
    }

    private static string? Reason(SentChain? sent, byte complaint)
    {
        if (sent is null) return null;
        if (ReferenceEquals(sent.Expired, sent.Leaf) && sent.Leaf.NotAfter is { } end) return $"it expired on {Wording.Date(sent.Leaf.NotAfterText)}, {Wording.Age(sent.Seen - end)} before this handshake";
        if (ReferenceEquals(sent.Early, sent.Leaf) && sent.Leaf.NotBefore is { } start) return $"it becomes valid {Wording.Age(start - sent.Seen)} after this handshake";
        if (sent.Chain.Faults is [var fault, ..]) return $"{Wording.Name(fault.Certificate.SubjectCommonName ?? fault.Certificate.Subject)}: {fault.Text}";
        return complaint == 48 ? $"the server does not trust its issuer {Wording.Name(sent.Chain.Path[^1].IssuerCommonName ?? sent.Chain.Path[^1].Issuer)}" : null;
    }

    private static Finding Rejected(Confidence confidence, string cause, IReadOnlyList<long> frames, Step? at) => new(
        "client-certificate-rejected", Severity.Error, confidence, "The server rejected the client's certificate", cause,
        "Use a client certificate from a CA that the server trusts",
        Aliases, frames, "RFC 8446 section 4.4.2.4") { At = at };

    private static readonly string[] Aliases =
    [
        "tlsv1 alert unknown ca", "sslv3 alert bad certificate", "sslv3 alert certificate unknown", "sslv3 alert certificate expired", "The SSL certificate error",
        "SSL_ERROR_BAD_CERT_ALERT", "SSL_ERROR_UNKNOWN_CA_ALERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "tls: bad certificate", "tls: unknown certificate authority",
        "Received fatal alert: bad_certificate",
    ];
}
