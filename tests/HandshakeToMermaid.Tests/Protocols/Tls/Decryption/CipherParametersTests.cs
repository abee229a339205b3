using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

public sealed class CipherParametersTests
{
    private static readonly Dictionary<string, BulkCipher> Opened = new()
    {
        ["NULL"] = BulkCipher.Null,
        ["RC4_40"] = BulkCipher.Rc4,
        ["RC4_56"] = BulkCipher.Rc4,
        ["RC4_128"] = BulkCipher.Rc4,
        ["DES_CBC"] = BulkCipher.DesCbc,
        ["3DES_EDE_CBC"] = BulkCipher.TripleDesCbc,
        ["AES_128_CBC"] = BulkCipher.Aes128Cbc,
        ["AES_256_CBC"] = BulkCipher.Aes256Cbc,
        ["AES_128_GCM"] = BulkCipher.Aes128Gcm,
        ["AES_256_GCM"] = BulkCipher.Aes256Gcm,
        ["AES_128_CCM"] = BulkCipher.Aes128Ccm,
        ["AES_256_CCM"] = BulkCipher.Aes256Ccm,
        ["AES_128_CCM_8"] = BulkCipher.Aes128Ccm8,
        ["AES_256_CCM_8"] = BulkCipher.Aes256Ccm8,
        ["CHACHA20_POLY1305"] = BulkCipher.ChaCha20Poly1305,
    };

    [Fact]
    public void The_table_is_the_one_that_its_csv_generates()
    {
        var folder = Checkout.PathOf("src", "HandshakeToMermaid", "Protocols", "Tls", "Decryption");
        var expected = Generate(File.ReadAllLines(Path.Combine(folder, "CipherParameters.csv")));
        var generated = Path.Combine(folder, "CipherParameters.g.cs");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(generated, expected);
        Assert.Equal(expected, File.ReadAllText(generated));
    }

    [Theory]
    [InlineData(0x1301, BulkCipher.Aes128Gcm, 16, 16, "SHA256")]
    [InlineData(0x1302, BulkCipher.Aes256Gcm, 32, 16, "SHA384")]
    [InlineData(0x1303, BulkCipher.ChaCha20Poly1305, 32, 16, "SHA256")]
    [InlineData(0x1304, BulkCipher.Aes128Ccm, 16, 16, "SHA256")]
    [InlineData(0x1305, BulkCipher.Aes128Ccm8, 16, 8, "SHA256")]
    [InlineData(0xC030, BulkCipher.Aes256Gcm, 32, 16, "SHA384")]
    [InlineData(0xC0AF, BulkCipher.Aes256Ccm8, 32, 8, "SHA256")]
    public void An_aead_suite_has_the_lengths_of_its_rfc(int code, BulkCipher cipher, int key, int tag, string hash)
    {
        var suite = CipherParameters.Of((ushort)code)!;
        Assert.Equal((cipher, CipherType.Aead, key, tag, hash, 0), (suite.Cipher, suite.Type, suite.KeyLength, suite.TagLength, suite.Hash.Name, suite.MacLength));
    }

    [Theory]
    [InlineData(0x002F, BulkCipher.Aes128Cbc, 16, 16, 20)]
    [InlineData(0xC028, BulkCipher.Aes256Cbc, 32, 16, 48)]
    [InlineData(0x000A, BulkCipher.TripleDesCbc, 24, 8, 20)]
    [InlineData(0x0005, BulkCipher.Rc4, 16, 0, 20)]
    [InlineData(0x0004, BulkCipher.Rc4, 16, 0, 16)]
    [InlineData(0x003B, BulkCipher.Null, 0, 0, 32)]
    public void A_suite_with_a_mac_has_the_lengths_of_its_rfc(int code, BulkCipher cipher, int key, int iv, int mac)
    {
        var suite = CipherParameters.Of((ushort)code)!;
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
    public void What_is_not_opened_is_named(int code, string name)
    {
        var suite = CipherParameters.Of((ushort)code)!;
        Assert.False(suite.IsOpened);
        Assert.Equal(name, suite.CipherName);
    }

    [Fact]
    public void A_number_without_a_suite_has_no_parameters()
    {
        Assert.Null(CipherParameters.Of(0x0A0A));
        Assert.Null(CipherParameters.Of(0x00FF));
        Assert.Null(CipherParameters.Of(0xFFFF));
    }

    [Fact]
    public void Every_opened_suite_uses_a_hash_that_is_known()
    {
        for (var code = 0; code <= 0xFFFF; code++)
        {
            if (CipherParameters.Of((ushort)code) is { IsOpened: true } suite) Assert.True(Hashing.IsKnown(suite.Hash));
        }
    }

    private static string Generate(string[] csv)
    {
        var text = new StringBuilder();
        text.Append("// Generated from CipherParameters.csv by CipherParametersTests; UPDATE_EXPECTED=1 writes it anew.\n");
        text.Append("using System.Security.Cryptography;\n\nnamespace HandshakeToMermaid.Protocols.Tls.Decryption;\n\n");
        text.Append("public sealed partial class CipherParameters\n{\n    private static readonly CipherParameters[] Table =\n    [\n");
        foreach (var line in csv.Skip(1))
        {
            var (code, name, cipher, mac, prf) = line.Split(',') is [var a, var b, var c, var d, var e] ? (a, b, c, d, e) : throw new FormatException(line);
            var macAlgorithm = mac switch { "MD5" => "Md5", "SHA" => "Sha1", "SHA256" => "Sha256", "SHA384" => "Sha384", _ => "Null" };
            var isOpened = (!name.Contains("EXPORT") || cipher.StartsWith("RC4", StringComparison.Ordinal)) && mac is ("AEAD" or "NULL" or "MD5" or "SHA" or "SHA256" or "SHA384");
            var bulk = isOpened && Opened.TryGetValue(cipher, out var known) ? known : BulkCipher.NotOpened;
            var hash = prf is "SHA256" or "SHA384" ? $"HashAlgorithmName.{prf}" : $"new HashAlgorithmName(\"{prf}\")";
            text.Append($"        Suite({code}, \"{cipher}\", BulkCipher.{bulk}, MacAlgorithm.{macAlgorithm}, {hash}), // {name}\n");
        }

        return text.Append("    ];\n}\n").ToString();
    }
}
