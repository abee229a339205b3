using System.Buffers.Binary;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Records of TLS 1.3 protected by TLS_AES_128_GCM_SHA256 (RFC 8446 section 5.2).</summary>
internal static class Tls13Record
{
    private static readonly CipherParameters Suite = CipherParameters.Of(new CipherSuite(0x1301))!;

    /// <summary>Protects one record.</summary>
    /// <param name="secret">The traffic secret, 32 bytes.</param>
    /// <param name="number">How many records this secret has protected before.</param>
    /// <param name="type">The inner content type.</param>
    /// <param name="content">The plaintext.</param>
    public static byte[] Protect(ReadOnlySpan<byte> secret, ulong number, byte type, byte[] content)
    {
        var keys = TrafficKeys.Of(Suite.Hash, Suite.KeyLength, new Secret(secret));
        Span<byte> nonce = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], number);
        for (var i = 0; i < nonce.Length; i++) nonce[i] ^= keys.Iv.Span[i];
        byte[] plain = [.. content, type];
        var output = new byte[plain.Length + 16];
        byte[] header = [23, 3, 3, (byte)(output.Length >> 8), (byte)output.Length];
        using var gcm = new AesGcm(keys.Key.Span, 16);
        gcm.Encrypt(nonce, plain, output.AsSpan(0, plain.Length), output.AsSpan(plain.Length), header);
        return [.. header, .. output];
    }
}
