using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>No program of today speaks SSL 3.0: the formulas of RFC 6101 are written out here a second time.</summary>
public sealed class Ssl3Tests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];
    private static readonly byte[] ClientRandom = [.. Enumerable.Range(50, 32).Select(i => (byte)i)];
    private static readonly byte[] ServerRandom = [.. Enumerable.Range(90, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(0x002F)] // AES_128_CBC_SHA
    [InlineData(0x000A)] // 3DES_EDE_CBC_SHA
    [InlineData(0x0004)] // RC4_128_MD5
    public void Records_with_the_old_mac_open_in_order(int code)
    {
        var suite = CipherParameters.Of(new CipherSuite(code))!;
        var keys = KeyBlock.Derive(0x0300, suite, new Secret(Master), ClientRandom, ServerRandom);
        var block = Convert.ToHexString(Derive(2 * (suite.MacLength + suite.KeyLength + suite.FixedIvLength)));
        Assert.StartsWith(Convert.ToHexString(keys.MacKey(Side.Client)), block);
        Assert.EndsWith(Convert.ToHexString(keys.Iv(Side.Server)), block);

        using var opener = RecordDecryptor.ForTls12(suite, 0x0300, keys, Side.Server, encryptThenMac: false, out _)!;
        var iv = keys.Iv(Side.Server).ToArray();
        var rc4 = suite.Cipher == BulkCipher.Rc4 ? new Rc4(keys.Key(Side.Server)) : null;
        for (byte number = 0; number < 3; number++)
        {
            byte[] content = [number, 1, 2];
            byte[] plain = [.. content, .. Mac(suite, keys.MacKey(Side.Server).ToArray(), number, content)];
            var record = new byte[plain.Length];
            if (rc4 is not null)
            {
                rc4.Apply(plain, record);
            }
            else
            {
                // Padding of any content, but shorter than a block.
                var padding = suite.BlockLength - 1 - (plain.Length % suite.BlockLength);
                plain = [.. plain, .. RandomNumberGenerator.GetBytes(padding), (byte)padding];
                using SymmetricAlgorithm cipher = suite.Cipher == BulkCipher.TripleDesCbc ? TripleDES.Create() : Aes.Create();
                cipher.Key = keys.Key(Side.Server).ToArray();
                record = cipher.EncryptCbc(plain, iv, PaddingMode.None);
                iv = record[^suite.BlockLength..];
            }

            record[0] ^= 1;
            Assert.False(opener.TryOpen(22, 0x0300, record, out _, out _, out _));
            record[0] ^= 1;
            Assert.True(opener.TryOpen(22, 0x0300, record, out _, out var opened, out var fault), fault.ToString());
            Assert.Equal(content, opened.ToArray());
        }
    }

    [Fact]
    public void Finished_holds_both_hashes()
    {
        byte[] messages = [1, 2, 3];
        byte[] Hash(Func<byte[], byte[]> hash, int pad, byte[] sender) =>
            hash([.. Master, .. Enumerable.Repeat((byte)0x5C, pad), .. hash([.. messages, .. sender, .. Master, .. Enumerable.Repeat((byte)0x36, pad)])]);
        var expected = (byte[])[.. Hash(MD5.HashData, 48, "SRVR"u8.ToArray()), .. Hash(SHA1.HashData, 40, "SRVR"u8.ToArray())];
        Assert.Equal(expected, VerifyData.Tls12(0x0300, HashAlgorithmName.SHA256, new Secret(Master), Side.Server, messages));
        Assert.NotEqual(expected, VerifyData.Tls12(0x0300, HashAlgorithmName.SHA256, new Secret(Master), Side.Client, messages));
    }

    private static byte[] Derive(int length)
    {
        var output = new List<byte>();
        for (var i = 1; output.Count < length; i++)
        {
            byte[] letters = [.. Enumerable.Repeat((byte)('A' + i - 1), i)];
            output.AddRange(MD5.HashData([.. Master, .. SHA1.HashData([.. letters, .. Master, .. ServerRandom, .. ClientRandom])]));
        }

        return [.. output.Take(length)];
    }

    private static byte[] Mac(CipherParameters suite, byte[] key, byte number, byte[] content)
    {
        Func<byte[], byte[]> hash = suite.Mac == MacAlgorithm.Md5 ? MD5.HashData : SHA1.HashData;
        var pad = suite.Mac == MacAlgorithm.Md5 ? 48 : 40;
        byte[] covered = [0, 0, 0, 0, 0, 0, 0, number, 22, 0, (byte)content.Length, .. content];
        return hash([.. key, .. Enumerable.Repeat((byte)0x5C, pad), .. hash([.. key, .. Enumerable.Repeat((byte)0x36, pad), .. covered])]);
    }
}
