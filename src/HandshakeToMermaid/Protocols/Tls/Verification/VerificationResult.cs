namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>The result of a check.</summary>
/// <param name="Verdict">How it came out.</param>
/// <param name="Why">The reason, unless it is valid: one clause for people.</param>
internal readonly record struct VerificationResult(VerificationVerdict Verdict, string? Why)
{
    /// <summary>It fits.</summary>
    public static VerificationResult Valid => new(VerificationVerdict.Valid, null);

    /// <summary>It does not fit.</summary>
    public static VerificationResult Invalid(string why) => new(VerificationVerdict.Invalid, why);

    /// <summary>It could not be checked.</summary>
    public static VerificationResult NotChecked(string why) => new(VerificationVerdict.NotChecked, why);
}
