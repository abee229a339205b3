using System.Security.Cryptography;
using System.Text;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Reads a file with an RSA private key in PEM (RFC 7468): PKCS #8 (<c>PRIVATE KEY</c>) or PKCS #1 (<c>RSA PRIVATE KEY</c>). Other blocks
/// before it, such as the certificates of the same server, are passed over.
/// </summary>
internal static class PrivateKeyFile
{
    /// <summary>Reads the first key of a file to its end.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="content">The file.</param>
    /// <param name="why">Why there is none, as the end of a sentence: "it contains no PEM block"; nothing of the file itself.</param>
    /// <returns>The key; null where the file holds none that can be used.</returns>
    public static PrivateKey? Read(string name, Stream content, out string? why)
    {
        // A key of 16,384 bits with a chain of certificates has less.
        var bytes = new byte[MaxBytes + 1];
        try
        {
            var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            why = length > MaxBytes ? "it is too large for a private key" : null;
            return why is null ? Read(name, Encoding.Latin1.GetString(bytes, 0, length), out why) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads the first key of a text; see <see cref="Read(string, Stream, out string?)"/>.</summary>
    public static PrivateKey? Read(string name, string text, out string? why)
    {
        why = "it contains no PEM block (-----BEGIN PRIVATE KEY-----)";
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label];
            switch (label)
            {
                case "PRIVATE KEY" or "RSA PRIVATE KEY":
                    if (rest[fields.Location].Contains("ENCRYPTED", StringComparison.Ordinal)) break;
                    return Import(name, rest[fields.Location], label, out why);
                case "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE":
                    why = "it contains a certificate and no private key";
                    break;
                case "EC PRIVATE KEY" or "EC PARAMETERS" or "DSA PRIVATE KEY":
                    why = NotRsa;
                    break;
                case "PUBLIC KEY" or "RSA PUBLIC KEY":
                    why = "it contains a public key and no private key";
                    break;
                case "ENCRYPTED PRIVATE KEY":
                    why = Encrypted;
                    return null;
                default:
                    why = "it contains no RSA private key";
                    break;
            }

            rest = rest[fields.Location.End..];
        }

        // Keys encrypted in the older form have headers (RFC 1421), which PemEncoding does not read.
        if (rest.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)) why = Encrypted;
        return null;
    }

    private static PrivateKey? Import(string name, ReadOnlySpan<char> block, ReadOnlySpan<char> label, out string? why)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(block);
            why = null;
            return new PrivateKey(name, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            why = label is "PRIVATE KEY" && IsOfAnotherAlgorithm(block) ? NotRsa : "its private key is damaged";
            return null;
        }
    }

    /// <summary>True for a PKCS #8 block that can be read, with a key that is not RSA.</summary>
    private static bool IsOfAnotherAlgorithm(ReadOnlySpan<char> block)
    {
        var der = Convert.FromBase64String(block[PemEncoding.Find(block).Base64Data].ToString());
        try
        {
            return Pkcs8PrivateKeyInfoOid(der) is not (null or RsaOid);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    // PrivateKeyInfo ::= SEQUENCE { version INTEGER, privateKeyAlgorithm SEQUENCE { algorithm OBJECT IDENTIFIER, ... }, ... } (RFC 5208)
    private static string? Pkcs8PrivateKeyInfoOid(byte[] der)
    {
        try
        {
            var info = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier();
        }
        catch (System.Formats.Asn1.AsnContentException)
        {
            return null;
        }
    }

    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string Encrypted = "its private key is encrypted; decrypt it first, with openssl pkey -in FILE -out PLAIN";
    private const string NotRsa = "its private key is not an RSA key; others decrypt no TLS session";
    private const int MaxBytes = 1024 * 1024;
}
