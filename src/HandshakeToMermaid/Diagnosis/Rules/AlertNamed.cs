using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A fatal alert ended the connection, and nothing more is known than its name (RFC 8446 section 6.2).</summary>
internal sealed class AlertNamed(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public bool IsLastResort => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (!connection.Outcome.IsFailure || witness.Of(connection) is not { Alert: { } step, Complaint: { } complaint } tls) return null;
        var who = tls.IsClientsAlert ? "client" : "server";
        var (cause, fix) = RefusedInOwnCheck(tls, complaint.Code) ?? Meaning(complaint.Code, who);
        return new Finding(
            $"alert-{complaint.Name.Replace('_', '-')}", Severity.Error, Confidence.Certain, $"The {who} sent the alert {complaint.Name}", cause, fix,
            [complaint.Name, $"alert {complaint.Name.Replace('_', ' ')}", $"SSL alert number {complaint.Code}", $"Received fatal alert: {complaint.Name}"],
            TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello, step), "RFC 8446 section 6.2") { At = step };
    }

    /// <summary>
    /// Programs that check the certificate themselves (IO::Socket::SSL, Python's ssl) can only make their library fail: it then says
    /// internal_error or bad_certificate right behind the server's flight.
    /// </summary>
    private static (string Cause, string Fix)? RefusedInOwnCheck(TlsEvidence tls, byte code)
    {
        if (!tls.IsClientsAlert || code is not (42 or 80) || tls.CertificateSight is not (CertificateVisibility.Seen or CertificateVisibility.Encrypted)) return null;
        var fix = tls.CertificateSight == CertificateVisibility.Seen ? "Check name and trust as the client does" : "Check name and trust as the client does, or capture with SSLKEYLOGFILE";
        return ($"the client's own check probably rejected the certificate, {tls.CertificateClause}", fix);
    }

    private static (string Cause, string Fix) Meaning(byte code, string who) => code switch
    {
        10 => ($"the {who} received an unexpected message", "Update the TLS library of the older side"),
        20 or 21 => ($"the {who} could not decrypt a record", "Look for a proxy that modifies the traffic, or mismatched keys"),
        22 => ($"the {who} received a record that is too long", "Check whether another protocol is used on this port"),
        40 => ($"the {who} could not negotiate acceptable parameters, the alert does not say which", "Compare versions, cipher suites, groups and keys of both sides"),
        42 => ($"the {who} rejected the certificate as invalid", "Check the log of the side that sent the alert"),
        43 => ($"the {who} does not support this type of certificate", "Use an RSA or ECDSA certificate issued for this purpose"),
        46 => ($"the {who} rejected the certificate without giving a reason", "Check trust and name as that side sees them"),
        47 => ($"the {who} received an illegal parameter value", "Update the TLS library of the other side"),
        48 => ($"the {who} does not trust the CA of the certificate", "Install the CA certificate on that side"),
        49 => ($"the {who} accepted the certificate but denied access", "Check the access rules of that side"),
        50 => ($"the {who} could not decode a message", "Look for a proxy that modifies the traffic, update both TLS libraries"),
        51 => ($"the {who} could not verify a signature or a Finished message", "Check that certificate and key belong together"),
        71 => ($"the {who} requires stronger parameters than were offered", "Enable TLS 1.2 or later with ECDHE and AES-GCM"),
        80 => ($"the {who} had an internal error", "Check its log"),
        90 => ($"the {who} canceled the handshake", "Check its log"),
        109 => ($"the {who} did not receive a mandatory extension", "Update the TLS library of the other side"),
        110 => ($"the {who} received an extension that it did not request", "Update the TLS library of the other side"),
        113 => ($"the {who} rejected the OCSP response", "Refresh the server's OCSP staple"),
        115 => ($"the {who} does not know the PSK identity", "Compare the pre-shared keys configured on both sides"),
        _ => ($"the {who} ended the handshake without a further reason", "Check its log"),
    };
}
