namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// TLS 1.2's records under an AEAD, RFC 5246 section 6.2.3.3:
/// <code>
/// struct {
///    opaque nonce_explicit[SecurityParameters.record_iv_length];
///    aead-ciphered struct { opaque content[TLSCompressed.length]; };
/// } GenericAEADCipher;
/// </code>
/// GCM (RFC 5288) and CCM (RFC 6655) send eight bytes of the nonce, ChaCha20-Poly1305 (RFC 7905) none.
/// </summary>
internal sealed class AeadRecordProtection : RecordProtection
{
    private readonly AeadCipher cipher;
    private readonly Secret iv;
    private readonly bool hasExplicitNonce;

    private AeadRecordProtection(AeadCipher cipher, Secret iv, bool hasExplicitNonce)
    {
        this.cipher = cipher;
        this.iv = iv;
        this.hasExplicitNonce = hasExplicitNonce;
    }

    /// <summary>Prepares the keys of a direction; null where this machine lacks the cipher.</summary>
    public static AeadRecordProtection? Create(CipherParameters parameters, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv) =>
        AeadCipher.Create(parameters.Cipher, key) is { } cipher
            ? new AeadRecordProtection(cipher, new Secret(iv), parameters.Cipher != BulkCipher.ChaCha20Poly1305)
            : null;

    /// <inheritdoc/>
    protected override RecordFault Open(ulong sequence, ref byte contentType, ushort version, ReadOnlySpan<byte> fragment, Span<byte> output, out int start, out int length)
    {
        start = 0;
        var explicitLength = hasExplicitNonce ? ExplicitLength : 0;
        length = fragment.Length - explicitLength - cipher.TagLength;
        if (length < 0) return RecordFault.TooShort;

        Span<byte> nonce = stackalloc byte[AeadNonce.Length];
        Span<byte> header = stackalloc byte[AdditionalData.Tls12Length];
        if (hasExplicitNonce) AeadNonce.Explicit(iv.Span, fragment, nonce);
        else AeadNonce.Xor(iv.Span, sequence, nonce);
        AdditionalData.WriteTls12(sequence, contentType, version, length, header);
        return cipher.TryOpen(nonce, header, fragment[explicitLength..], output[..length]) ? RecordFault.None : RecordFault.BadMac;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => cipher.Dispose();

    private const int ExplicitLength = 8;
}
