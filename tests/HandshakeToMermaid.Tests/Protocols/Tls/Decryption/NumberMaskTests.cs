using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

public sealed class NumberMaskTests
{
    /// <summary>RFC 9001 appendices A.2, A.3 and A.5: hp, sample, the first bytes of the mask.</summary>
    [Theory]
    [InlineData(BulkCipher.Aes128Gcm, "9f50449e04a0e810283a1e9933adedd2", "d1b1c98dd7689fb8ec11d242b123dc9b", "437b9aec36")]
    [InlineData(BulkCipher.Aes128Gcm, "c206b8d9b9f0f37644430b490eeaa314", "2cd0991cd25b0aac406a5816b6394100", "2ec0d8356a")]
    [InlineData(BulkCipher.ChaCha20Poly1305, "25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4", "5e5cd55c41f69080575d7999c25a5bfb", "aefefe7d03")]
    internal void The_masks_of_the_rfc_come_out(BulkCipher cipher, string key, string sample, string expected)
    {
        using var mask = NumberMask.Create(cipher, Convert.FromHexString(key))!;
        var written = new byte[NumberMask.Length];
        mask.Write(Convert.FromHexString(sample), written);
        Assert.Equal(expected, Convert.ToHexString(written.AsSpan(0, expected.Length / 2)).ToLowerInvariant());
    }

    [Fact]
    public void A_cipher_that_hides_no_numbers_has_none() => Assert.Null(NumberMask.Create(BulkCipher.Aes128Cbc, new byte[16]));
}
