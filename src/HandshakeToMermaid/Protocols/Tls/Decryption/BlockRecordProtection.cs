using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Records under a block cipher in CBC mode, RFC 5246 section 6.2.3.2:
/// <code>
/// struct {
///     opaque IV[SecurityParameters.record_iv_length];
///     block-ciphered struct {
///         opaque content[TLSCompressed.length];
///         opaque MAC[SecurityParameters.mac_length];
///         uint8 padding[GenericBlockCipher.padding_length];
///         uint8 padding_length;
///     };
/// } GenericBlockCipher;
/// </code>
/// Before TLS 1.1 the IV is the last block of the record before. With encrypt_then_mac (RFC 7366) the MAC stands after
/// the ciphertext and covers it. Not read: truncated_hmac (RFC 6066 section 7), which no library offers any more.
/// </summary>
internal sealed class BlockRecordProtection : RecordProtection
{
    private readonly SymmetricAlgorithm cipher;
    private readonly RecordMac mac;
    private readonly bool encryptThenMac;
    private readonly bool isSsl3;
    private readonly byte[]? chained;
    private readonly int blockLength;

    private BlockRecordProtection(SymmetricAlgorithm cipher, RecordMac mac, ProtocolEra era, ReadOnlySpan<byte> iv, bool encryptThenMac)
    {
        this.cipher = cipher;
        this.mac = mac;
        this.encryptThenMac = encryptThenMac;
        isSsl3 = era == ProtocolEra.Ssl3;
        chained = era < ProtocolEra.Tls11 ? iv.ToArray() : null;
        blockLength = iv.Length;
    }

    /// <summary>Prepares the keys of a direction; null where this machine lacks the cipher or refuses the key.</summary>
    public static BlockRecordProtection? Create(CipherParameters parameters, ProtocolEra era, RecordMac mac, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, bool encryptThenMac)
    {
        SymmetricAlgorithm? algorithm = null;
        try
        {
            algorithm = parameters.Cipher switch
            {
                BulkCipher.DesCbc => DES.Create(),
                BulkCipher.TripleDesCbc => TripleDES.Create(),
                _ => Aes.Create(),
            };
            algorithm.Key = key.ToArray();
            // A cipher that the platform only pretends to have is found out at its first use.
            Span<byte> trial = stackalloc byte[16];
            algorithm.DecryptCbc(trial[..iv.Length], iv, trial, PaddingMode.None);
            return new BlockRecordProtection(algorithm, mac, era, iv, encryptThenMac);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException or ArgumentException)
        {
            algorithm?.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Skip(long bytes, ReadOnlySpan<byte> tail)
    {
        if (chained is not null && tail.Length >= blockLength) tail[^blockLength..].CopyTo(chained);
    }

    /// <inheritdoc/>
    protected override RecordFault Open(ulong sequence, ref byte contentType, ushort version, ReadOnlySpan<byte> fragment, Span<byte> output, out int start, out int length)
    {
        start = 0;
        length = 0;
        var body = fragment;
        if (encryptThenMac)
        {
            if (fragment.Length < mac.Length) return RecordFault.TooShort;
            body = fragment[..^mac.Length];
            if (!mac.Fits(sequence, contentType, version, body, fragment[^mac.Length..])) return RecordFault.BadMac;
        }

        ReadOnlySpan<byte> iv = chained;
        var ciphertext = body;
        if (chained is null)
        {
            if (body.Length < blockLength) return RecordFault.TooShort;
            iv = body[..blockLength];
            ciphertext = body[blockLength..];
        }

        if (ciphertext.Length % blockLength != 0) return RecordFault.BrokenBlocks;
        var macLength = encryptThenMac ? 0 : mac.Length;
        if (ciphertext.Length < macLength + 1) return RecordFault.TooShort;

        var opened = output[..ciphertext.Length];
        if (!TryDecrypt(ciphertext, iv, opened)) return RecordFault.BrokenBlocks;
        var padding = opened[^1];
        length = opened.Length - 1 - padding - macLength;
        if (length < 0 || !IsPadding(opened[^(padding + 1)..], padding)) return RecordFault.BadPadding;
        if (!encryptThenMac && !mac.Fits(sequence, contentType, version, opened[..length], opened.Slice(length, macLength))) return RecordFault.BadMac;

        if (chained is not null) ciphertext[^blockLength..].CopyTo(chained);
        return RecordFault.None;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        mac.Dispose();
    }

    // SSL 3.0 leaves the padding's content undefined, but limits it to one block (RFC 6101 section 5.2.3.2).
    private bool IsPadding(ReadOnlySpan<byte> bytes, byte padding) =>
        isSsl3 ? padding < blockLength : !bytes.ContainsAnyExcept(padding);

    private bool TryDecrypt(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, Span<byte> output)
    {
        try
        {
            return cipher.TryDecryptCbc(ciphertext, iv, output, out var written, PaddingMode.None) && written == ciphertext.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
