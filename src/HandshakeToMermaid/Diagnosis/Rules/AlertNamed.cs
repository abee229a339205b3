using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A fatal alert ended the connection, and nothing more can be told than its own name (RFC 8446 section 6.2).</summary>
internal sealed class AlertNamed(Witness witness) : IRule
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
            $"alert-{complaint.Name.Replace('_', '-')}", Severity.Error, Confidence.Proved, $"The {who} sent the alert {complaint.Name}", cause, fix,
            [complaint.Name, $"alert {complaint.Name.Replace('_', ' ')}", $"SSL alert number {complaint.Code}", $"Received fatal alert: {complaint.Name}"],
            TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello, step), "RFC 8446 section 6.2") { At = step };
    }

    /// <summary>
    /// Programs that check the certificate themselves (IO::Socket::SSL, Python's ssl) can only make their library fail: it then says
    /// internal_error or bad_certificate right behind the server's flight.
    /// </summary>
    private static (string Cause, string Fix)? RefusedInOwnCheck(TlsEvidence tls, byte code)
    {
        if (!tls.IsClientsAlert || code is not (42 or 80) || tls.CertificateSight is not (CertificateSight.Seen or CertificateSight.Encrypted)) return null;
        var fix = tls.CertificateSight == CertificateSight.Seen ? "Check name and trust as the client does" : "Check name and trust as the client does, or capture with SSLKEYLOGFILE";
        return ($"the client probably refused the certificate, {tls.CertificateClause}, in its own check", fix);
    }

    private static (string Cause, string Fix) Meaning(byte code, string who) => code switch
    {
        10 => ($"the {who} got a message that it did not expect at that point", "Update the TLS library of the older side"),
        20 or 21 => ($"the {who} could not decrypt a record", "Look for a proxy that changes bytes, or mismatched keys"),
        22 => ($"the {who} got a record that is too long", "Look for another protocol on this port"),
        40 => ($"the {who} found nothing in the offer that it can accept, and does not say what", "Compare versions, suites, groups and keys of both sides"),
        42 => ($"the {who} did not like the certificate", "Ask the log of the side that sent the alert"),
        43 => ($"the {who} cannot use this kind of certificate", "Use an RSA or ECDSA certificate meant for this purpose"),
        46 => ($"the {who} refused the certificate for a reason it does not name", "Check trust and name as that side sees them"),
        47 => ($"the {who} found a value that the protocol forbids", "Update the TLS library of the other side"),
        48 => ($"the {who} does not trust the authority of the certificate", "Install the authority's certificate on that side"),
        49 => ($"the {who} took the certificate, but does not let its owner in", "Check the access rules of that side"),
        50 => ($"the {who} could not read a message", "Look for a proxy that changes bytes, update both libraries"),
        51 => ($"a signature or a Finished did not fit for the {who}", "Check that certificate and key belong together"),
        71 => ($"the {who} wants stronger parameters than were offered", "Enable TLS 1.2 or later with ECDHE and AES-GCM"),
        80 => ($"the {who} failed for reasons of its own", "Look at its log"),
        90 => ($"the {who}'s user or program gave up", "Look at its log"),
        109 => ($"the {who} misses an extension that must be there", "Update the TLS library of the other side"),
        110 => ($"the {who} got an extension that it did not ask for", "Update the TLS library of the other side"),
        113 => ($"the {who} could not use the OCSP response", "Refresh the server's OCSP staple"),
        115 => ($"the {who} does not know the pre-shared key's name", "Compare the keys configured on both sides"),
        _ => ($"the {who} ended the handshake and gives no other reason", "Look at its log"),
    };
}
