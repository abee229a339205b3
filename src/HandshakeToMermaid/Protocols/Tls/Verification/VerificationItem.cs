using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>One check of a handshake's authenticity.</summary>
/// <param name="What">What was checked.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Why">The reason, unless it is valid.</param>
/// <param name="Frame">The frame that completed what was checked; 0 where unknown.</param>
internal sealed record VerificationItem(VerificationSubject What, Side From, VerificationVerdict Verdict, string? Why, long Frame = 0)
{
    /// <summary>The proof that a check yields.</summary>
    public static VerificationItem Of(VerificationSubject what, Side from, VerificationResult check, long frame = 0) => new(what, from, check.Verdict, check.Why, frame);

    /// <summary>Compares a Finished with what it must hold.</summary>
    public static VerificationItem OfFinished(Side from, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received, long frame = 0) =>
        Of(VerificationSubject.Finished, from, expected.SequenceEqual(received) ? VerificationResult.Valid : VerificationResult.Invalid("verify_data does not match the handshake messages"), frame);
}
