// RFC 9146 section 5.3: with a connection id the AEAD covers
//   seq_num_placeholder (8 times 0xFF) + tls12_cid + cid_length + tls12_cid + version + epoch + sequence_number + cid + length of DTLSInnerPlaintext,
// and what it hides is a DTLSInnerPlaintext: content, its real type, zeros.
using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Opens DTLS 1.2's records with a connection id, of one direction, under an AEAD.</summary>
internal sealed class ConnectionIdKeys : IDisposable
{
    private readonly AeadCipher cipher;
    private readonly Secret iv;
    private readonly bool hasExplicitNonce;

    private ConnectionIdKeys(AeadCipher cipher, Secret iv, bool hasExplicitNonce)
    {
        this.cipher = cipher;
        this.iv = iv;
        this.hasExplicitNonce = hasExplicitNonce;
    }

    /// <summary>Prepares the keys of a direction; null where the suite is no AEAD, or this machine lacks it.</summary>
    public static ConnectionIdKeys? Create(CipherParameters parameters, KeyBlock keys, Side side) =>
        parameters.Type == CipherType.Aead && AeadCipher.Create(parameters.Cipher, keys.Key(side)) is { } cipher
            ? new ConnectionIdKeys(cipher, new Secret(keys.Iv(side)), parameters.Cipher != BulkCipher.ChaCha20Poly1305) : null;

    /// <summary>Opens a record; false where it is of other keys.</summary>
    public bool TryOpen(EncryptedDtlsRecord record, out byte type, out byte[] content)
    {
        (type, content) = (record.Type, []);
        var explicitLength = hasExplicitNonce ? ExplicitLength : 0;
        var length = record.Fragment.Length - explicitLength - cipher.TagLength;
        if (length < 1) return false;
        var number = ((ulong)record.Epoch << 48) | record.Sequence;
        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        if (hasExplicitNonce) AeadNonce.Explicit(iv.Span, record.Fragment, nonce);
        else AeadNonce.Xor(iv.Span, number, nonce);
        var plain = new byte[length];
        if (!cipher.TryOpen(nonce, Covered(record, length), record.Fragment.AsSpan(explicitLength), plain)) return false;
        var end = plain.AsSpan().LastIndexOfAnyExcept((byte)0);
        if (end < 0) return false;
        (type, content) = (plain[end], plain[..end]);
        return true;
    }

    /// <summary>What the AEAD covers beside the content.</summary>
    /// <param name="record">The record; its header holds version, epoch, number and id between its type and its length.</param>
    /// <param name="length">Bytes of the DTLSInnerPlaintext.</param>
    public static byte[] Covered(EncryptedDtlsRecord record, int length)
    {
        var id = record.Header.AsSpan(NumbersEnd..^2);
        byte[] covered = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, DtlsRecord.WithConnectionId, (byte)id.Length, DtlsRecord.WithConnectionId, .. record.Header.AsSpan(1..^2), 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(covered.AsSpan(^2..), (ushort)length);
        return covered;
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();

    private const int ExplicitLength = 8;

    /// <summary>Type, version, epoch and number.</summary>
    private const int NumbersEnd = 11;
}
