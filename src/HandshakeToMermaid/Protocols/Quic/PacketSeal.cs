using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>The AEAD of one key phase (RFC 9001 section 5.3): the nonce is the packet's number over the IV.</summary>
internal sealed class PacketSeal : IDisposable
{
    private readonly AeadCipher cipher;
    private readonly byte[] iv;

    private PacketSeal(AeadCipher cipher, byte[] iv)
    {
        this.cipher = cipher;
        this.iv = iv;
    }

    /// <summary>Derives it from a traffic secret; null where this machine lacks the cipher.</summary>
    public static PacketSeal? Of(QuicVersion version, HashAlgorithmName hash, BulkCipher bulk, int keyLength, ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[keyLength];
        var vector = new byte[AeadNonce.Length];
        HkdfLabel.ExpandLabel(hash, secret, version.KeyLabel, default, key);
        HkdfLabel.ExpandLabel(hash, secret, version.IvLabel, default, vector);
        return AeadCipher.Create(bulk, key) is { } cipher ? new PacketSeal(cipher, vector) : null;
    }

    /// <summary>Opens a payload; null where it is of another phase.</summary>
    public byte[]? TryOpen(ulong number, ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < cipher.TagLength) return null;
        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        AeadNonce.Xor(iv, number, nonce);
        var payload = new byte[ciphertext.Length - cipher.TagLength];
        return cipher.TryOpen(nonce, header, ciphertext, payload) ? payload : null;
    }

    /// <summary>Writes a payload as ciphertext and tag, as <see cref="TryOpen"/> reads it.</summary>
    public void Seal(ulong number, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        AeadNonce.Xor(iv, number, nonce);
        cipher.Seal(nonce, header, payload, ciphertext);
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();
}
