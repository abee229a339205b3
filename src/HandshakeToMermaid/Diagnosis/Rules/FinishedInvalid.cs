using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A Finished or a handshake signature does not fit the messages: the two sides saw different handshakes.</summary>
internal sealed class FinishedInvalid(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls) return null;
        // Two sides that went on have each found the other's proof valid: looking again costs more than reading the connection.
        if (tls.IsEstablished && !witness.ChecksEverySignature) return null;
        foreach (var verification in tls.Facts.Verifications)
        {
            if (verification.Verdict != VerificationVerdict.Invalid || verification.What is VerificationSubject.OcspResponse) continue;
            var isFinished = verification.What == VerificationSubject.Finished;
            var at = tls.Facts.Messages.FirstOrDefault(m => m.Last.Frame == verification.Frame && m.Message.Type.Code == (verification.What switch { VerificationSubject.Finished => 20, VerificationSubject.CertificateVerify => 15, _ => 12 }));
            return new Finding(
                isFinished ? "finished-invalid" : "signature-invalid", tls.HasFailed ? Severity.Error : Severity.Warning, Confidence.Certain,
                isFinished ? "Verification of the Finished message failed" : "The handshake signature is invalid",
                $"sent by the {(verification.From == Side.Client ? "client" : "server")}: {verification.Why}",
                "Look for a proxy that modifies messages, or a broken TLS library",
                isFinished ? FinishedAliases : SignatureAliases, verification.Frame > 0 ? [verification.Frame] : [], isFinished ? "RFC 8446 section 4.4.4" : "RFC 8446 section 4.4.3") { At = at };
        }

        return null;
    }

    private static readonly string[] FinishedAliases =
        ["digest check failed", "bad finished", "SSL_ERROR_BAD_MAC_READ", "ERR_SSL_DECRYPT_ERROR_ALERT", "tls: invalid server finished hash", "The Finished message could not be verified", "decrypt_error"];

    private static readonly string[] SignatureAliases =
        ["bad signature", "SSL_ERROR_BAD_SIGNATURE", "tls: invalid signature by the server certificate", "Signature verification failed", "decrypt_error"];
}
