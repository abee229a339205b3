using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>A public key that one of a chain's certificates must have, by the SHA-256 of its SubjectPublicKeyInfo (RFC 7469 section 2.4).</summary>
internal sealed class CertificatePin
{
    private readonly byte[] expected;

    private CertificatePin(byte[] hash) => expected = hash;

    /// <summary>Reads "sha256/BASE64"; null where it is none.</summary>
    public static CertificatePin? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !text.StartsWith("sha256//", StringComparison.OrdinalIgnoreCase)) return null;
        // curl writes two slashes; a third one would be the hash's own first character.
        foreach (var start in (int[])[Prefix.Length, Prefix.Length + 1])
        {
            var hash = new byte[SHA256.HashSizeInBytes];
            if (text.Length > start && Convert.TryFromBase64String(text[start..], hash, out var written) && written == hash.Length) return new CertificatePin(hash);
        }

        return null;
    }

    /// <summary>True where the certificate has that key.</summary>
    public bool Matches(Certificate certificate) => SHA256.HashData(certificate.SubjectPublicKeyInfo.Span).AsSpan().SequenceEqual(expected);

    /// <summary>The pin that a certificate's key would have.</summary>
    public static string Of(Certificate certificate) => Prefix + Convert.ToBase64String(SHA256.HashData(certificate.SubjectPublicKeyInfo.Span));

    /// <inheritdoc/>
    public override string ToString() => Prefix + Convert.ToBase64String(expected);

    private const string Prefix = "sha256/";
}
