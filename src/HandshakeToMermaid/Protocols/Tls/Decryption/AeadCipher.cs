using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>An AEAD with its key, for given nonces and additional data, for any protocol. A redacted capture is sealed with it again.</summary>
internal sealed class AeadCipher : IDisposable
{
    private readonly AesGcm? gcm;
    private readonly AesCcm? ccm;
    private readonly ChaCha20Poly1305? chaCha;

    private AeadCipher(BulkCipher cipher, ReadOnlySpan<byte> key)
    {
        TagLength = cipher is BulkCipher.Aes128Ccm8 or BulkCipher.Aes256Ccm8 ? 8 : 16;
        switch (cipher)
        {
            case BulkCipher.Aes128Gcm or BulkCipher.Aes256Gcm:
                gcm = new AesGcm(key, TagLength);
                break;
            case BulkCipher.ChaCha20Poly1305:
                chaCha = new ChaCha20Poly1305(key);
                break;
            default:
                ccm = new AesCcm(key);
                break;
        }
    }

    /// <summary>Bytes of the tag at the end of a ciphertext.</summary>
    public int TagLength { get; }

    /// <summary>Prepares a cipher; null where this machine does not offer it, or where it is no AEAD.</summary>
    public static AeadCipher? Create(BulkCipher cipher, ReadOnlySpan<byte> key)
    {
        if (!IsSupported(cipher)) return null;
        try
        {
            return new AeadCipher(cipher, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <summary>True where this machine offers an AEAD.</summary>
    public static bool IsSupported(BulkCipher cipher) => cipher switch
    {
        BulkCipher.Aes128Gcm or BulkCipher.Aes256Gcm => AesGcm.IsSupported,
        BulkCipher.Aes128Ccm or BulkCipher.Aes256Ccm or BulkCipher.Aes128Ccm8 or BulkCipher.Aes256Ccm8 => AesCcm.IsSupported,
        BulkCipher.ChaCha20Poly1305 => ChaCha20Poly1305.IsSupported,
        _ => false,
    };

    /// <summary>Decrypts a ciphertext that ends in its tag; false if the tag does not match. <paramref name="plaintext"/> is as long as the ciphertext without its tag.</summary>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, ReadOnlySpan<byte> sealedBytes, Span<byte> plaintext)
    {
        if (sealedBytes.Length < TagLength || plaintext.Length != sealedBytes.Length - TagLength) return false;
        var ciphertext = sealedBytes[..^TagLength];
        var tag = sealedBytes[^TagLength..];
        try
        {
            gcm?.Decrypt(nonce, ciphertext, tag, plaintext, additionalData);
            ccm?.Decrypt(nonce, ciphertext, tag, plaintext, additionalData);
            chaCha?.Decrypt(nonce, ciphertext, tag, plaintext, additionalData);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Encrypts a plaintext; what comes out ends in the tag and is as much longer.</summary>
    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> additionalData, ReadOnlySpan<byte> plaintext, Span<byte> sealedBytes)
    {
        var ciphertext = sealedBytes[..plaintext.Length];
        var tag = sealedBytes.Slice(plaintext.Length, TagLength);
        gcm?.Encrypt(nonce, plaintext, ciphertext, tag, additionalData);
        ccm?.Encrypt(nonce, plaintext, ciphertext, tag, additionalData);
        chaCha?.Encrypt(nonce, plaintext, ciphertext, tag, additionalData);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gcm?.Dispose();
        ccm?.Dispose();
        chaCha?.Dispose();
    }
}
