// RFC 9147 sections 4.2.2 and 4.2.3: the number's low bits in the header are hidden by a mask from the ciphertext; the AEAD covers the header
// with the sequence number unprotected; its nonce is the 64-bit number without the epoch.
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Opens DTLS 1.3's records of one direction and one epoch.</summary>
internal sealed class Dtls13Keys : IDisposable
{
    private readonly AeadCipher cipher;
    private readonly NumberMask mask;
    private readonly Secret iv;
    private ulong next;

    private Dtls13Keys(AeadCipher cipher, NumberMask mask, Secret iv, Secret trafficSecret)
    {
        this.cipher = cipher;
        this.mask = mask;
        this.iv = iv;
        TrafficSecret = trafficSecret;
    }

    /// <summary>What the keys were made from, and the next epoch's secret is.</summary>
    public Secret TrafficSecret { get; }

    /// <summary>Prepares the keys of a traffic secret; null where this machine lacks the cipher, or the secret is not of the suite.</summary>
    public static Dtls13Keys? Create(CipherParameters parameters, Secret secret)
    {
        if (parameters.Type != CipherType.Aead || secret.Length != Hashing.Length(parameters.Hash)) return null;
        var keys = TrafficKeys.Of(parameters.Hash, parameters.KeyLength, secret, HkdfLabel.Dtls13);
        Span<byte> numberKey = stackalloc byte[parameters.KeyLength];
        HkdfLabel.ExpandLabel(parameters.Hash, secret.Span, "sn"u8, default, numberKey, HkdfLabel.Dtls13);
        if (AeadCipher.Create(parameters.Cipher, keys.Key.Span) is not { } cipher) return null;
        if (NumberMask.Create(parameters.Cipher, numberKey) is { } mask) return new Dtls13Keys(cipher, mask, keys.Iv, secret);
        cipher.Dispose();
        return null;
    }

    /// <summary>Opens a record; false where it is of other keys.</summary>
    public bool TryOpen(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        type = 0;
        content = [];
        if (record.Fragment.Length < NumberMask.Length) return false;
        Span<byte> header = stackalloc byte[record.Header.Length];
        Span<byte> hidden = stackalloc byte[NumberMask.Length];
        record.Header.CopyTo(header);
        mask.Write(record.Fragment, hidden);
        ulong low = 0;
        for (var i = 0; i < record.NumberLength; i++)
        {
            header[record.NumberOffset + i] ^= hidden[i];
            low = (low << 8) | header[record.NumberOffset + i];
        }

        var number = PacketNumber.Nearest(next, low, 8 * record.NumberLength);
        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        AeadNonce.Xor(iv.Span, number, nonce);
        var opened = new byte[record.Fragment.Length - cipher.TagLength];
        if (!cipher.TryOpen(nonce, header, record.Fragment, opened)) return false;
        next = Math.Max(next, number + 1);
        var end = opened.AsSpan().LastIndexOfAnyExcept((byte)0);
        if (end < 0) return false;
        type = opened[end];
        content = opened[..end];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cipher.Dispose();
        mask.Dispose();
    }
}
