using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Registries;

/// <summary>What a cipher suite says of a handshake and of its records.</summary>
public class CipherSuiteTests
{
    /// <summary>A suite of each key exchange that the table has.</summary>
    [Theory]
    [InlineData(0x0000, KeyExchangeMethod.None, false)]
    [InlineData(0x002F, KeyExchangeMethod.Rsa, false)]
    [InlineData(0x0003, KeyExchangeMethod.RsaExport, true)]
    [InlineData(0x000B, KeyExchangeMethod.Dh, true)]
    [InlineData(0x000D, KeyExchangeMethod.Dh, false)]
    [InlineData(0x0011, KeyExchangeMethod.Dhe, true)]
    [InlineData(0x0033, KeyExchangeMethod.Dhe, false)]
    [InlineData(0x0017, KeyExchangeMethod.DhAnon, true)]
    [InlineData(0x0034, KeyExchangeMethod.DhAnon, false)]
    [InlineData(0xC004, KeyExchangeMethod.Ecdh, false)]
    [InlineData(0xC02F, KeyExchangeMethod.Ecdhe, false)]
    [InlineData(0xC018, KeyExchangeMethod.EcdhAnon, false)]
    [InlineData(0x008C, KeyExchangeMethod.Psk, false)]
    [InlineData(0x0094, KeyExchangeMethod.RsaPsk, false)]
    [InlineData(0x0090, KeyExchangeMethod.DhePsk, false)]
    [InlineData(0xC035, KeyExchangeMethod.EcdhePsk, false)]
    [InlineData(0xC01D, KeyExchangeMethod.Srp, false)]
    [InlineData(0x001E, KeyExchangeMethod.Kerberos, false)]
    [InlineData(0x0026, KeyExchangeMethod.Kerberos, true)]
    [InlineData(0x0081, KeyExchangeMethod.Gost, false)]
    [InlineData(0x1301, KeyExchangeMethod.Tls13, false)]
    [InlineData(0x00FF, KeyExchangeMethod.Unknown, false)]
    [InlineData(0xEEEF, KeyExchangeMethod.Unknown, false)]
    internal void A_suite_agrees_on_keys_in_one_way(int code, KeyExchangeMethod method, bool isExport)
        => Assert.Equal((method, isExport), (new CipherSuite(code).KeyExchange, new CipherSuite(code).IsExport));

    [Theory]
    [InlineData(0x0004, CipherMode.Stream, 128, 16, 16, 32)] // RC4, MD5
    [InlineData(0x0002, CipherMode.Null, 0, 20, 16, 32)]
    [InlineData(0x003C, CipherMode.Cbc, 128, 32, 16, 32)]
    [InlineData(0xC024, CipherMode.Cbc, 256, 48, 16, 48)]
    [InlineData(0xC02F, CipherMode.Aead, 128, 0, 16, 32)]
    [InlineData(0xC0A0, CipherMode.Aead, 128, 0, 8, 32)] // CCM_8
    [InlineData(0x1302, CipherMode.Aead, 256, 0, 16, 48)]
    [InlineData(0x1306, CipherMode.Aead, 256, 0, 16, 64)] // AEGIS-256
    [InlineData(0xEEEF, CipherMode.Unknown, 0, 0, 16, 32)]
    internal void A_suite_protects_records_in_one_way(int code, CipherMode mode, int keyBits, int macBytes, int tagBytes, int hashBytes)
    {
        var suite = new CipherSuite(code);
        Assert.Equal((mode, keyBits, macBytes), (suite.Mode, suite.KeyBits, suite.MacBytes));
        Assert.Equal((tagBytes, hashBytes), (suite.TagBytes, suite.HashBytes));
    }

    [Theory]
    [InlineData(0xC02F, "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", false)]
    [InlineData(0x1301, "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", false)]
    [InlineData(0x1306, null, "TLS_AEGIS_256_SHA512", false)]
    [InlineData(0x00FF, null, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV", true)]
    [InlineData(0x5600, null, "TLS_FALLBACK_SCSV", true)]
    [InlineData(0x010001, null, "0x010001", false)]
    [InlineData(0x10000, null, "0x010000", false)]
    [InlineData(0xFFFF, null, "0xFFFF", false)]
    public void A_suite_is_called_as_openssl_calls_it_or_by_its_registered_name(int code, string? openSsl, string label, bool isSignal)
    {
        var suite = new CipherSuite(code);
        Assert.Equal((openSsl, label, isSignal), (suite.OpenSslName, suite.Label, suite.IsSignal));
    }
}
