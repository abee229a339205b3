using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>Describes the checks of a message in a diagram.</summary>
internal static class VerificationWords
{
    /// <summary>The facts of the checks that concern one message.</summary>
    public static IEnumerable<StepFact> Of(IEnumerable<VerificationItem> verifications, HandshakeMessage message)
    {
        foreach (var verification in verifications)
        {
            var what = verification.What switch
            {
                VerificationSubject.Finished => "handshake",
                VerificationSubject.OcspResponse => "OCSP response",
                _ => "signature",
            };
            yield return verification.Verdict switch
            {
                VerificationVerdict.Invalid => new StepFact(Detail.Brief, "", $"{what} invalid"),
                VerificationVerdict.NotChecked => new StepFact(Detail.Full, "", $"{what} not checked: {verification.Why}"),
                // Every complete handshake ends with two of them: shown only at full detail.
                _ when verification.What == VerificationSubject.Finished => new StepFact(Detail.Full, "", "handshake verified"),
                _ when verification.What == VerificationSubject.OcspResponse && message is not CertificateStatus => new StepFact(Detail.Normal, "", "OCSP response verified"),
                _ => new StepFact(Detail.Normal, "", "verified"),
            };
            if (verification.Verdict == VerificationVerdict.Invalid) yield return new StepFact(Detail.Full, "", verification.Why!);
        }
    }
}
