// NIST SP 800-57 part 1 table 2, RFC 9325 section 4.5: RSA from 2048 bits, elliptic curves from 224 bits; RFC 9155: no MD5, no SHA-1.
namespace HandshakeToMermaid.Protocols.Tls.Certificates;

/// <summary>What of a certificate is too weak for today.</summary>
public static class CertificateStrength
{
    /// <summary>True where the key can be broken, or clients of today refuse it.</summary>
    public static bool HasWeakKey(Certificate certificate) => certificate.KeyBits > 0
        && certificate.KeyBits < (certificate.Key.StartsWith("EC", StringComparison.Ordinal) ? 224 : certificate.Key.StartsWith("Ed", StringComparison.Ordinal) ? 0 : 2048);

    /// <summary>True where the signature's hash can be forged. A root's signature on itself proves nothing and is not asked.</summary>
    public static bool HasWeakSignature(Certificate certificate) => !certificate.IsSelfIssued
        && WeakHashes.Any(hash => certificate.Signature.Contains(hash, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] WeakHashes = ["md2", "md4", "md5", "sha1", "sha-1"];
}
