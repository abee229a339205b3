namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>One check of a handshake's authenticity.</summary>
/// <param name="What">What was checked.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Why">The reason, unless it is valid.</param>
/// <param name="Frame">The frame that completed what was checked; 0 where unknown.</param>
public sealed record Proof(ProofSubject What, Side From, ProofVerdict Verdict, string? Why, long Frame = 0)
{
    /// <summary>The proof that a check yields.</summary>
    public static Proof Of(ProofSubject what, Side from, VerificationResult check, long frame = 0) => new(what, from, check.Verdict, check.Why, frame);

    /// <summary>Compares a Finished with what it must hold.</summary>
    public static Proof OfFinished(Side from, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received, long frame = 0) =>
        Of(ProofSubject.Finished, from, expected.SequenceEqual(received) ? VerificationResult.Valid : VerificationResult.Invalid("verify_data does not match the handshake messages"), frame);
}
