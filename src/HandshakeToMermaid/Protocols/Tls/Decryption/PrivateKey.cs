using System.Diagnostics;
using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// The RSA private key of a server. It has no text form that shows it, and is used for one thing: to decrypt premaster secrets
/// (RFC 5246 section 7.4.7.1). May be used from several threads.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class PrivateKey : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RSA key;

    private readonly Lock gate = new();

    /// <summary>Takes over a key.</summary>
    /// <param name="name">What the user calls it: the path of its file.</param>
    /// <param name="key">The key, private part included.</param>
    public PrivateKey(string name, RSA key)
    {
        (Name, this.key) = (name, key);
        PublicKey = key.ExportRSAPublicKey();
    }

    /// <summary>What the user calls it: the path of its file.</summary>
    public string Name { get; }

    /// <summary>Its public half: an RSAPublicKey (RFC 8017 appendix A.1.1), as a certificate holds it.</summary>
    public byte[] PublicKey { get; }

    /// <summary>True once a certificate with its public half was seen.</summary>
    public bool HasMatched { get; set; }

    /// <summary>Decrypts a premaster secret; null where the ciphertext was made for another key.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length != (key.KeySize + 7) / 8) return null;
        try
        {
            // Where the padding is wrong, newer versions of OpenSSL return made-up bytes: the caller checks what it gets.
            lock (gate) return key.Decrypt(encrypted, RSAEncryptionPadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    /// <summary>Its length, never its value.</summary>
    public override string ToString() => $"RSA private key of {key.KeySize} bits";
}
