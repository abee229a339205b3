using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>Drafts of TLS 1.3: labels changed with draft 20, and the record's header is covered from draft 25 on.</summary>
public sealed class Tls13DraftTests
{
    [Theory]
    [InlineData(18, "TLS 1.3, ", false, "application traffic secret")]
    [InlineData(19, "TLS 1.3, ", false, "application traffic secret")]
    [InlineData(20, "tls13 ", false, "traffic upd")]
    [InlineData(23, "tls13 ", false, "traffic upd")]
    [InlineData(24, "tls13 ", false, "traffic upd")]
    [InlineData(25, "tls13 ", true, "traffic upd")]
    [InlineData(28, "tls13 ", true, "traffic upd")]
    [InlineData(0, "tls13 ", true, "traffic upd")]
    public void Records_of_each_draft_are_opened_by_its_own_rules(int draft, string prefix, bool coversHeader, string update)
    {
        var suite = CipherParameters.Of(new CipherSuite(0x1301))!;
        var secret = TlsBytes.Fill(32, 0x42);
        using var opener = RecordDecryptor.ForTls13(suite, new Secret(secret), out _, draft)!;
        for (var generation = 0; generation < 2; generation++)
        {
            var fragment = Seal(secret, prefix, coversHeader, [1, 2, 3, 22]);
            Assert.True(opener.TryOpen(23, 0x0301, fragment, out var type, out var content, out _));
            Assert.Equal((22, "010203"), (type, Convert.ToHexString(content)));
            Assert.True(opener.UpdateKeys());
            secret = Expand(secret, prefix + update, 32);
        }
    }

    [Fact]
    public void The_rules_of_one_draft_do_not_open_another()
    {
        var suite = CipherParameters.Of(new CipherSuite(0x1301))!;
        var secret = TlsBytes.Fill(32, 0x42);
        var fragment = Seal(secret, "tls13 ", coversHeader: false, [1, 23]);
        foreach (var draft in (ReadOnlySpan<int>)[0, 18, 28])
        {
            using var opener = RecordDecryptor.ForTls13(suite, new Secret(secret), out _, draft)!;
            Assert.False(opener.TryOpen(23, 0x0301, fragment, out _, out _, out _));
        }
    }

    private static byte[] Seal(byte[] secret, string prefix, bool coversHeader, byte[] inner)
    {
        var output = new byte[inner.Length + 16];
        byte[] header = coversHeader ? [23, 3, 1, 0, (byte)output.Length] : [];
        using var gcm = new AesGcm(Expand(secret, prefix + "key", 16), 16);
        gcm.Encrypt(Expand(secret, prefix + "iv", 12), inner, output.AsSpan(0, inner.Length), output.AsSpan(inner.Length), header);
        return output;
    }

    private static byte[] Expand(byte[] secret, string label, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, secret, length, [0, (byte)length, (byte)label.Length, .. Encoding.ASCII.GetBytes(label), 0]);
}
