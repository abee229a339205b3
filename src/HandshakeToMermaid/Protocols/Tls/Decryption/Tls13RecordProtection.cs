namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// TLS 1.3's records, RFC 8446 section 5.2:
/// <code>
/// struct {
///     opaque content[TLSPlaintext.length];
///     ContentType type;
///     uint8 zeros[length_of_padding];
/// } TLSInnerPlaintext;
/// </code>
/// </summary>
internal sealed class Tls13RecordProtection : RecordProtection
{
    private readonly AeadCipher cipher;
    private readonly Secret iv;
    private readonly bool coversHeader;

    private Tls13RecordProtection(AeadCipher cipher, Secret iv, bool coversHeader)
    {
        this.cipher = cipher;
        this.iv = iv;
        this.coversHeader = coversHeader;
    }

    /// <summary>Prepares the keys of a direction; null where this machine lacks the cipher.</summary>
    /// <param name="parameters">The suite.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="draft">The number of the draft of TLS 1.3, of which those before 25 covered no header; 0 for the RFC.</param>
    public static Tls13RecordProtection? Create(CipherParameters parameters, TrafficKeys keys, int draft = 0) =>
        AeadCipher.Create(parameters.Cipher, keys.Key.Span) is { } cipher ? new Tls13RecordProtection(cipher, keys.Iv, draft is 0 or >= 25) : null;

    /// <inheritdoc/>
    protected override int MaxFragment => (1 << 14) + 256;

    /// <inheritdoc/>
    protected override RecordFault Open(ulong sequence, ref byte contentType, ushort version, ReadOnlySpan<byte> fragment, Span<byte> output, out int start, out int length)
    {
        start = 0;
        length = fragment.Length - cipher.TagLength;
        if (length < 1) return RecordFault.TooShort;

        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        Span<byte> header = stackalloc byte[AdditionalData.Tls13Length];
        AeadNonce.Xor(iv.Span, sequence, nonce);
        AdditionalData.WriteTls13(contentType, version, fragment.Length, header);
        if (!cipher.TryOpen(nonce, coversHeader ? header : default, fragment, output[..length])) return RecordFault.BadMac;

        length = output[..length].LastIndexOfAnyExcept((byte)0);
        if (length < 0) return RecordFault.NoContentType;
        contentType = output[length];
        return RecordFault.None;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => cipher.Dispose();
}
