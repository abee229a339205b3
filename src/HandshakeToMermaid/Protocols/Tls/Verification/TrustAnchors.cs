using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>The authorities that the user trusts: asked for with a file or the system's store, never assumed.</summary>
internal sealed class TrustAnchors
{
    private readonly List<Certificate> certificates;

    private TrustAnchors(List<Certificate> certificates) => this.certificates = certificates;

    /// <summary>The authorities.</summary>
    public IReadOnlyList<Certificate> Certificates => certificates;

    /// <summary>Takes given certificates.</summary>
    public static TrustAnchors Of(IEnumerable<Certificate> certificates) => new([.. certificates]);

    /// <summary>Reads a PEM bundle, or a single certificate as DER; empty where it holds none.</summary>
    public static TrustAnchors Read(ReadOnlySpan<byte> bytes)
    {
        var found = new List<Certificate>();
        if (bytes.Length > 0 && bytes[0] == DerSequence)
        {
            var single = Certificate.Read(bytes.ToArray());
            if (!single.Fault.IsFault) found.Add(single);
            return new TrustAnchors(found);
        }

        ReadOnlySpan<char> text = Encoding.Latin1.GetString(bytes);
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] is "CERTIFICATE" or "TRUSTED CERTIFICATE" or "X509 CERTIFICATE")
            {
                var der = new byte[fields.DecodedDataLength];
                if (Convert.TryFromBase64Chars(text[fields.Base64Data], der, out var written)) found.Add(Certificate.Read(der.AsMemory(0, written)));
            }

            text = text[fields.Location.End..];
        }

        return new TrustAnchors(found);
    }

    /// <summary>The authorities that this machine trusts.</summary>
    public static TrustAnchors System()
    {
        var found = new List<Certificate>();
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            try
            {
                using var store = new X509Store(StoreName.Root, location);
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                foreach (var certificate in store.Certificates) found.Add(Certificate.Read(certificate.RawData));
            }
            catch (CryptographicException)
            {
                // Not every system has both.
            }
        }

        return new TrustAnchors(found);
    }

    /// <summary>The trusted authority that issued a certificate, or the certificate itself where it is trusted; null where there is none.</summary>
    public Certificate? IssuerOf(Certificate certificate)
    {
        foreach (var candidate in certificates)
        {
            if (candidate.Der.Span.SequenceEqual(certificate.Der.Span)) return candidate;
            if (!CertificateChain.MayIssue(candidate, certificate)) continue;
            var check = SignatureVerifier.VerifyX509(
                certificate.SignatureAlgorithm.Span, candidate.SubjectPublicKeyInfo.Span, certificate.ToBeSigned.Span, certificate.SignatureValue.Span);
            if (check.Verdict != VerificationVerdict.Invalid) return candidate;
        }

        return null;
    }

    private const byte DerSequence = 0x30;
}
