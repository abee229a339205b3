// NIST SP 800-57 part 1 table 2, RFC 9325 section 4.5: RSA from 2048 bits, elliptic curves from 224 bits; RFC 9155: no MD5, no SHA-1.
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>What of a certificate is too weak for today.</summary>
internal static class CertificateStrength
{
    /// <summary>True where the key can be broken, or clients of today refuse it.</summary>
    public static bool HasWeakKey(Certificate certificate) => certificate.KeyBits > 0
        && certificate.KeyBits < (certificate.Key.StartsWith("EC", StringComparison.Ordinal) ? 224 : certificate.Key.StartsWith("Ed", StringComparison.Ordinal) ? 0 : 2048);

    /// <summary>
    /// True where the signature's hash could be forged at that time: SHA-1 was refused from 2017 on. A root's signature on
    /// itself proves nothing and is not asked.
    /// </summary>
    public static bool HasWeakSignature(Certificate certificate, Timestamp seen)
    {
        if (certificate.IsSelfIssued) return false;
        var isSha1 = certificate.Signature.Contains("sha1", StringComparison.OrdinalIgnoreCase);
        return isSha1 ? seen >= EndOfSha1 : certificate.Signature.StartsWith("md", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>2017-01-01: from then on browsers refused SHA-1 (CA/Browser Forum ballot 118).</summary>
    private static readonly Timestamp EndOfSha1 = new(1_483_228_800L * Timestamp.PerSecond);
}
