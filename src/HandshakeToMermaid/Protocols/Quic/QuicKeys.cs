// RFC 9001 section 5: the AEAD covers the header with the packet number unprotected; the nonce is the number over the IV. The header's low bits and the
// number are hidden by a mask from the ciphertext, sampled as if the number had four bytes (section 5.4.2).
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>Opens packets of one direction and one encryption level.</summary>
internal sealed class QuicKeys : IDisposable
{
    private readonly AeadCipher cipher;
    private readonly NumberMask mask;
    private readonly byte[] iv;
    private ulong next;

    private QuicKeys(AeadCipher cipher, NumberMask mask, byte[] iv)
    {
        this.cipher = cipher;
        this.mask = mask;
        this.iv = iv;
    }

    /// <summary>The keys of Initial packets, which anybody has who saw the client's first connection id (RFC 9001 section 5.2).</summary>
    public static QuicKeys? Initial(QuicVersion version, ReadOnlySpan<byte> destination, bool isClient)
    {
        Span<byte> extracted = stackalloc byte[32];
        HKDF.Extract(HashAlgorithmName.SHA256, destination, version.Salt, extracted);
        Span<byte> secret = stackalloc byte[32];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, extracted, isClient ? "client in"u8 : "server in"u8, default, secret);
        return Create(version, HashAlgorithmName.SHA256, BulkCipher.Aes128Gcm, 16, secret);
    }

    /// <summary>The keys of a traffic secret; null where this machine lacks the cipher, or the secret is not of the suite.</summary>
    public static QuicKeys? Of(QuicVersion version, CipherParameters parameters, Secret secret) =>
        parameters.Type != CipherType.Aead || secret.Length != Hashing.Length(parameters.Hash) ? null
            : Create(version, parameters.Hash, parameters.Cipher, parameters.KeyLength, secret.Span);

    /// <summary>Opens a packet; null where it is of other keys.</summary>
    /// <param name="packet">All its bytes.</param>
    /// <param name="numberOffset">Where its number begins.</param>
    public byte[]? TryOpen(ReadOnlySpan<byte> packet, int numberOffset)
    {
        if (packet.Length < numberOffset + LongestNumber + NumberMask.Length) return null;
        Span<byte> hidden = stackalloc byte[NumberMask.Length];
        mask.Write(packet.Slice(numberOffset + LongestNumber, NumberMask.Length), hidden);
        var first = (byte)(packet[0] ^ (hidden[0] & ((packet[0] & 0x80) != 0 ? 0x0F : 0x1F)));
        var length = (first & 3) + 1;
        var header = packet[..(numberOffset + length)].ToArray();
        header[0] = first;
        ulong low = 0;
        for (var i = 0; i < length; i++)
        {
            header[numberOffset + i] ^= hidden[1 + i];
            low = (low << 8) | header[numberOffset + i];
        }

        var number = PacketNumber.Nearest(next, low, 8 * length);
        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        AeadNonce.Xor(iv, number, nonce);
        var ciphertext = packet[header.Length..];
        if (ciphertext.Length < cipher.TagLength) return null;
        var payload = new byte[ciphertext.Length - cipher.TagLength];
        if (!cipher.TryOpen(nonce, header, ciphertext, payload)) return null;
        next = Math.Max(next, number + 1);
        return payload;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cipher.Dispose();
        mask.Dispose();
    }

    private static QuicKeys? Create(QuicVersion version, HashAlgorithmName hash, BulkCipher bulk, int keyLength, ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[keyLength];
        Span<byte> numberKey = stackalloc byte[keyLength];
        var vector = new byte[AeadNonce.Length];
        HkdfLabel.ExpandLabel(hash, secret, version.KeyLabel, default, key);
        HkdfLabel.ExpandLabel(hash, secret, version.IvLabel, default, vector);
        HkdfLabel.ExpandLabel(hash, secret, version.MaskLabel, default, numberKey);
        if (AeadCipher.Create(bulk, key) is not { } cipher) return null;
        if (NumberMask.Create(bulk, numberKey) is { } mask) return new QuicKeys(cipher, mask, vector);
        cipher.Dispose();
        return null;
    }

    private const int LongestNumber = 4;
}
