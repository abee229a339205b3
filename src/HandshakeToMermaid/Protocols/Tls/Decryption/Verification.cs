namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>The result of a check.</summary>
/// <param name="Verdict">How it came out.</param>
/// <param name="Why">The reason, unless it is valid: one clause for people.</param>
public readonly record struct Verification(ProofVerdict Verdict, string? Why)
{
    /// <summary>It fits.</summary>
    public static Verification Valid => new(ProofVerdict.Valid, null);

    /// <summary>It does not fit.</summary>
    public static Verification Invalid(string why) => new(ProofVerdict.Invalid, why);

    /// <summary>It could not be checked.</summary>
    public static Verification NotChecked(string why) => new(ProofVerdict.NotChecked, why);
}
