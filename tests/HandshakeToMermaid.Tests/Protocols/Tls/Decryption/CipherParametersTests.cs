using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

public sealed class CipherParametersTests
{
    [Theory]
    [InlineData(0x1301, BulkCipher.Aes128Gcm, 16, 16, "SHA256")]
    [InlineData(0x1302, BulkCipher.Aes256Gcm, 32, 16, "SHA384")]
    [InlineData(0x1303, BulkCipher.ChaCha20Poly1305, 32, 16, "SHA256")]
    [InlineData(0x1304, BulkCipher.Aes128Ccm, 16, 16, "SHA256")]
    [InlineData(0x1305, BulkCipher.Aes128Ccm8, 16, 8, "SHA256")]
    [InlineData(0xC030, BulkCipher.Aes256Gcm, 32, 16, "SHA384")]
    [InlineData(0xC0AF, BulkCipher.Aes256Ccm8, 32, 8, "SHA256")]
    internal void An_aead_suite_has_the_lengths_of_its_rfc(int code, BulkCipher cipher, int key, int tag, string hash)
    {
        var suite = CipherParameters.Of(new CipherSuite(code))!;
        Assert.Equal((cipher, CipherType.Aead, key, tag, hash, 0), (suite.Cipher, suite.Type, suite.KeyLength, suite.TagLength, suite.Hash.Name, suite.MacLength));
    }

    [Theory]
    [InlineData(0x002F, BulkCipher.Aes128Cbc, 16, 16, 20)]
    [InlineData(0xC028, BulkCipher.Aes256Cbc, 32, 16, 48)]
    [InlineData(0x000A, BulkCipher.TripleDesCbc, 24, 8, 20)]
    [InlineData(0x0005, BulkCipher.Rc4, 16, 0, 20)]
    [InlineData(0x0004, BulkCipher.Rc4, 16, 0, 16)]
    [InlineData(0x003B, BulkCipher.Null, 0, 0, 32)]
    internal void A_suite_with_a_mac_has_the_lengths_of_its_rfc(int code, BulkCipher cipher, int key, int iv, int mac)
    {
        var suite = CipherParameters.Of(new CipherSuite(code))!;
        Assert.Equal((cipher, key, iv, mac), (suite.Cipher, suite.KeyLength, suite.FixedIvLength, suite.MacLength));
    }

    [Theory]
    [InlineData(0x0008, "DES40_CBC")]
    [InlineData(0x0062, "DES_CBC")]
    [InlineData(0x0041, "CAMELLIA_128_CBC")]
    [InlineData(0x0096, "SEED_CBC")]
    [InlineData(0xC03C, "ARIA_128_CBC")]
    [InlineData(0xC100, "KUZNYECHIK_CTR")]
    [InlineData(0x00C6, "SM4_GCM")]
    [InlineData(0xCC13, "CHACHA20_POLY1305_DRAFT")]
    [InlineData(0xC0B4, "NULL")]
    [InlineData(0x0083, "NULL")]
    public void What_is_not_opened_is_named(int code, string name)
    {
        var suite = CipherParameters.Of(new CipherSuite(code))!;
        Assert.False(suite.IsOpened);
        Assert.Equal(name, suite.CipherName);
    }

    [Fact]
    public void A_number_without_a_suite_has_no_parameters()
    {
        Assert.Null(CipherParameters.Of(new CipherSuite(0x0A0A)));
        Assert.Null(CipherParameters.Of(new CipherSuite(0x00FF)));
        Assert.Null(CipherParameters.Of(new CipherSuite(0xFFFF)));
        Assert.Null(CipherParameters.Of(new CipherSuite(0x0000)));
        Assert.Null(CipherParameters.Of(new CipherSuite(0x010080)));
    }

    [Fact]
    public void Every_opened_suite_uses_a_hash_that_is_known()
    {
        for (var code = 0; code <= 0xFFFF; code++)
        {
            if (CipherParameters.Of(new CipherSuite(code)) is { IsOpened: true } suite) Assert.True(Hashing.IsKnown(suite.Hash));
        }
    }
}
