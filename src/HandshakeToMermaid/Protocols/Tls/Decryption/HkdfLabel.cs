using System.Security.Cryptography;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// TLS 1.3's key derivation, RFC 8446 section 7.1:
/// <code>
/// struct {
///     uint16 length = Length;
///     opaque label&lt;7..255&gt; = "tls13 " + Label;
///     opaque context&lt;0..255&gt; = Context;
/// } HkdfLabel;
/// </code>
/// DTLS 1.3 (RFC 9147 section 5.9) writes "dtls13" for "tls13 ".
/// </summary>
internal static class HkdfLabel
{
    /// <summary>The prefix of TLS 1.3 and QUIC.</summary>
    public static ReadOnlySpan<byte> Tls13 => "tls13 "u8;

    /// <summary>The prefix of DTLS 1.3.</summary>
    public static ReadOnlySpan<byte> Dtls13 => "dtls13"u8;

    /// <summary>The prefix of a version of TLS 1.3: drafts before 20 wrote another one.</summary>
    /// <param name="draft">The draft's number; 0 for the RFC.</param>
    public static ReadOnlySpan<byte> PrefixOf(int draft) => draft is > 0 and < 20 ? "TLS 1.3, "u8 : Tls13;

    /// <summary>HKDF-Expand-Label(secret, label, context, output.Length).</summary>
    public static void ExpandLabel(
        HashAlgorithmName hash,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> label,
        ReadOnlySpan<byte> context,
        Span<byte> output,
        ReadOnlySpan<byte> prefix = default)
    {
        if (prefix.IsEmpty) prefix = Tls13;
        Span<byte> info = stackalloc byte[2 + 1 + 255 + 1 + 255 + 1];
        var length = prefix.Length + label.Length;
        info[0] = (byte)(output.Length >> 8);
        info[1] = (byte)output.Length;
        info[2] = (byte)length;
        prefix.CopyTo(info[3..]);
        label.CopyTo(info[(3 + prefix.Length)..]);
        info[3 + length] = (byte)context.Length;
        context.CopyTo(info[(4 + length)..]);
        Expand(hash, secret, info[..(5 + length + context.Length)], output);
    }

    /// <summary>
    /// HKDF-Expand (RFC 5869 section 2.3) of which TLS needs only the first block, one HMAC: half the time of calling the
    /// platform for a key derivation. The last byte of <paramref name="info"/> is room for the number of the block.
    /// </summary>
    private static void Expand(HashAlgorithmName hash, ReadOnlySpan<byte> secret, Span<byte> info, Span<byte> output)
    {
        if (output.Length > Hashing.Length(hash))
        {
            HKDF.Expand(hash, secret, output, info[..^1]);
            return;
        }

        info[^1] = 1;
        Span<byte> block = stackalloc byte[Hashing.MaxLength];
        CryptographicOperations.HmacData(hash, secret, info, block);
        block[..output.Length].CopyTo(output);
    }

    /// <summary>Derive-Secret(secret, label, messages), with the messages already hashed.</summary>
    public static Secret DeriveSecret(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> transcriptHash, ReadOnlySpan<byte> prefix = default)
    {
        Span<byte> output = stackalloc byte[Hashing.MaxLength];
        output = output[..Hashing.Length(hash)];
        ExpandLabel(hash, secret, label, transcriptHash, output, prefix);
        return new Secret(output);
    }

    /// <summary>The traffic secret after a KeyUpdate (RFC 8446 section 7.2).</summary>
    public static Secret NextTrafficSecret(HashAlgorithmName hash, Secret current, ReadOnlySpan<byte> prefix = default) =>
        DeriveSecret(hash, current.Span, "traffic upd"u8, default, prefix);

    /// <summary>The traffic secret after a KeyUpdate in a version of TLS 1.3; drafts before 20 wrote another label too.</summary>
    /// <param name="hash">The hash of the suite.</param>
    /// <param name="current">The secret so far.</param>
    /// <param name="draft">The draft's number; 0 for the RFC.</param>
    public static Secret NextTrafficSecret(HashAlgorithmName hash, Secret current, int draft) =>
        DeriveSecret(hash, current.Span, draft is > 0 and < 20 ? "application traffic secret"u8 : "traffic upd"u8, default, PrefixOf(draft));

    /// <summary>The traffic secret after an update under a label of its own: that of QUIC (RFC 9001 section 6.1).</summary>
    public static Secret Next(HashAlgorithmName hash, Secret current, ReadOnlySpan<byte> label) => DeriveSecret(hash, current.Span, label, default);

    /// <summary>The key of a Finished or of a PSK binder (RFC 8446 section 4.4.4).</summary>
    public static Secret FinishedKey(HashAlgorithmName hash, Secret baseKey, ReadOnlySpan<byte> prefix = default) =>
        DeriveSecret(hash, baseKey.Span, "finished"u8, default, prefix);
}
