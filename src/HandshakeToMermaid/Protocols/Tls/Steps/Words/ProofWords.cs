using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>What a diagram says about the checks of a message.</summary>
internal static class ProofWords
{
    /// <summary>The facts of the checks that concern one message.</summary>
    public static IEnumerable<StepFact> Of(IEnumerable<Proof> proofs, HandshakeMessage message)
    {
        foreach (var proof in proofs)
        {
            var what = proof.What switch
            {
                ProofSubject.Finished => "handshake",
                ProofSubject.OcspResponse => "OCSP response",
                _ => "signature",
            };
            yield return proof.Verdict switch
            {
                ProofVerdict.Invalid => new StepFact(Detail.Brief, "", $"{what} invalid"),
                ProofVerdict.NotChecked => new StepFact(Detail.Full, "", $"{what} not checked: {proof.Why}"),
                // Every proper handshake ends with two of them: said only where everything is.
                _ when proof.What == ProofSubject.Finished => new StepFact(Detail.Full, "", "handshake verified"),
                _ when proof.What == ProofSubject.OcspResponse && message is not CertificateStatus => new StepFact(Detail.Normal, "", "OCSP response verified"),
                _ => new StepFact(Detail.Normal, "", "verified"),
            };
            if (proof.Verdict == ProofVerdict.Invalid) yield return new StepFact(Detail.Full, "", proof.Why!);
        }
    }
}
