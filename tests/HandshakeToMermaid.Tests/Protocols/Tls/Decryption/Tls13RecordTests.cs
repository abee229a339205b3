using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

public sealed class Tls13RecordTests
{
    private const byte ApplicationData = 23;

    [Theory]
    [InlineData(0x1301)]
    [InlineData(0x1302)]
    [InlineData(0x1303)]
    [InlineData(0x1304)]
    [InlineData(0x1305)]
    public void Records_of_every_suite_open_in_order_and_on_through_key_updates(int code)
    {
        var suite = CipherParameters.Of(new CipherSuite(code))!;
        var secret = new Secret(RandomNumberGenerator.GetBytes(Hashing.Length(suite.Hash)));
        using var opener = RecordDecryptor.ForTls13(suite, secret, out var why)!;
        Assert.Null(why);
        for (var generation = 0; generation < 3; generation++)
        {
            for (var number = 0; number < 3; number++)
            {
                var record = Seal(suite, secret, (ulong)number, [(byte)generation, (byte)number, ApplicationData, 0, 0]);
                Assert.True(opener.TryOpen(ApplicationData, 0x0303, record, out var type, out var content, out _));
                Assert.Equal((ApplicationData, 2, (byte)generation, (byte)number), (type, content.Length, content[0], content[1]));
                Assert.False(opener.TryOpen(ApplicationData, 0x0303, record, out _, out _, out _));
            }

            Assert.True(opener.UpdateKeys());
            secret = HkdfLabel.NextTrafficSecret(suite.Hash, secret);
            Assert.Equal(secret, opener.TrafficSecret);
        }

        Assert.Equal((3, 0UL), (opener.Generation, opener.Sequence));
    }

    [Fact]
    public void A_record_of_padding_alone_has_no_content_type()
    {
        var (suite, secret) = (CipherParameters.Of(new CipherSuite(0x1301))!, new Secret(new byte[32]));
        using var opener = RecordDecryptor.ForTls13(suite, secret, out _)!;
        Assert.False(opener.TryOpen(ApplicationData, 0x0303, Seal(suite, secret, 0, [0, 0, 0]), out _, out _, out var fault));
        Assert.Equal(RecordFault.NoContentType, fault);
        Assert.Equal(0UL, opener.Sequence);
    }

    [Theory]
    [InlineData((1 << 14) - 1, RecordFault.None)]
    [InlineData(1 << 14, RecordFault.None)]
    [InlineData((1 << 14) + 1, RecordFault.TooLong)]
    internal void Content_is_at_most_16_kib_long(int length, RecordFault expected)
    {
        var (suite, secret) = (CipherParameters.Of(new CipherSuite(0x1301))!, new Secret(new byte[32]));
        using var opener = RecordDecryptor.ForTls13(suite, secret, out _)!;
        var inner = new byte[length + 1];
        Array.Fill(inner, ApplicationData);
        opener.TryOpen(ApplicationData, 0x0303, Seal(suite, secret, 0, inner), out _, out _, out var fault);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_secret_of_another_length_or_a_suite_that_is_not_opened_is_refused_with_a_reason()
    {
        Assert.Null(RecordDecryptor.ForTls13(CipherParameters.Of(new CipherSuite(0x1302))!, new Secret(new byte[32]), out var why));
        Assert.Equal("the secret has 32 bytes, the cipher suite's hash 48", why);
        Assert.Null(RecordDecryptor.ForTls13(CipherParameters.Of(new CipherSuite(0x00C6))!, new Secret(new byte[32]), out why));
        Assert.Equal("decryption with SM4_GCM is not supported", why);
    }

    private static byte[] Seal(CipherParameters suite, Secret secret, ulong number, byte[] inner)
    {
        var keys = TrafficKeys.Of(suite.Hash, suite.KeyLength, secret);
        var nonce = new byte[12];
        var header = new byte[5];
        var length = inner.Length + suite.TagLength;
        var record = new byte[length];
        AeadNonce.Xor(keys.Iv.Span, number, nonce);
        AdditionalData.WriteTls13(ApplicationData, 0x0303, length, header);
        var ciphertext = record.AsSpan(0, inner.Length);
        var tag = record.AsSpan(inner.Length);
        switch (suite.Cipher)
        {
            case BulkCipher.ChaCha20Poly1305:
                using (var chaCha = new ChaCha20Poly1305(keys.Key.Span)) chaCha.Encrypt(nonce, inner, ciphertext, tag, header);
                break;
            case BulkCipher.Aes128Gcm or BulkCipher.Aes256Gcm:
                using (var gcm = new AesGcm(keys.Key.Span, 16)) gcm.Encrypt(nonce, inner, ciphertext, tag, header);
                break;
            default:
                using (var ccm = new AesCcm(keys.Key.Span)) ccm.Encrypt(nonce, inner, ciphertext, tag, header);
                break;
        }

        return record;
    }
}
