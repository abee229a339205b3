using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>The nonce of an AEAD record.</summary>
internal static class AeadNonce
{
    /// <summary>Bytes of a nonce.</summary>
    public const int Length = 12;

    /// <summary>
    /// TLS 1.3 (RFC 8446 section 5.3), QUIC's packet protection (RFC 9001 section 5.3) and ChaCha20-Poly1305 in TLS 1.2
    /// (RFC 7905): the number, left-padded, XORed with the IV.
    /// </summary>
    public static void Xor(ReadOnlySpan<byte> iv, ulong number, Span<byte> nonce)
    {
        iv[..Length].CopyTo(nonce);
        var low = nonce[4..Length];
        BinaryPrimitives.WriteUInt64BigEndian(low, BinaryPrimitives.ReadUInt64BigEndian(low) ^ number);
    }

    /// <summary>GCM and CCM in TLS 1.2 (RFC 5288 section 3, RFC 6655 section 3): four bytes of the key block, eight of the record.</summary>
    public static void Explicit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> explicitPart, Span<byte> nonce)
    {
        salt[..4].CopyTo(nonce);
        explicitPart[..8].CopyTo(nonce[4..]);
    }
}
