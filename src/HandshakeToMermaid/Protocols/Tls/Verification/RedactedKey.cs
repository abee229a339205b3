namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// A public key whose bytes were replaced when the capture was redacted. It says so itself, in the bytes of the key, so that no reader takes the
/// signatures for forged: they can be neither valid nor invalid.
/// </summary>
internal static class RedactedKey
{
    /// <summary>What stands in the bytes of such a key.</summary>
    public static ReadOnlySpan<byte> Mark => "redacted by h2m "u8;

    /// <summary>True for such a key.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo.</param>
    public static bool Is(ReadOnlySpan<byte> publicKey) => publicKey.IndexOf(Mark) >= 0;

    /// <summary>The result of a check with such a key.</summary>
    public static VerificationResult Result => VerificationResult.NotChecked("the capture was redacted");
}
