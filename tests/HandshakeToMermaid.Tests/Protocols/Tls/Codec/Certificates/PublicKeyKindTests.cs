using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>The kinds of public keys (RFC 3279, RFC 5480, RFC 8410, RFC 9881).</summary>
public class PublicKeyKindTests
{
    private const string Rsa = "06 [1 2A864886F70D010101]";
    private const string Ec = "06 [1 2A8648CE3D0201]";

    [Theory]
    [InlineData($"30 [1 {Rsa} 05 00] 03 [1 00 30 [1 02 [1 00 80 00*63] 02 [1 010001]]]", "RSA 512", 512)]
    [InlineData($"30 [1 {Rsa} 05 00] 03 [1 00 30 [1 02 [1 7F FF] 02 [1 03]]]", "RSA 15", 15)]
    [InlineData($"30 [1 {Rsa}] 03 [1 00 30 [1 02 [1 01]]]", "RSA 1", 1)]
    [InlineData($"30 [1 {Rsa} 05 00] 03 [1]", "RSA", 0)]
    [InlineData($"30 [1 {Rsa} 05 00] 03 [1 00]", "RSA", 0)]
    [InlineData($"30 [1 {Rsa} 05 00]", "RSA", 0)]
    [InlineData("30 [1 06 [1 2A864886F70D01010A] 30 [1]] 03 [1 00 30 [1 02 [1 0100] 02 [1 03]]]", "RSA-PSS 9", 9)]
    [InlineData($"30 [1 {Ec} 06 [1 2A8648CE3D030107]] 03 [1 00 04]", "EC P-256", 256)]
    [InlineData($"30 [1 {Ec} 06 [1 2B81040023]]", "EC P-521", 521)]
    [InlineData($"30 [1 {Ec} 06 [1 2A03]]", "EC 1.2.3", 0)]
    [InlineData($"30 [1 {Ec} 30 [1 02 [1 01] 30 [1 06 [1 2A8648CE3D0101] 02 [1 00 FF]] 04 [1]]]", "EC explicit parameters", 8)]
    [InlineData($"30 [1 {Ec} 30 [1 02 [1 01] 30 [1 06 [1 2A8648CE3D0102] 30 [1]]]]", "EC explicit parameters", 0)] // of characteristic two
    [InlineData($"30 [1 {Ec}]", "EC explicit parameters", 0)]
    [InlineData("30 [1 06 [1 2A8648CE380401] 30 [1 02 [1 00 FF FF] 02 [1 01]]]", "DSA 16", 16)]
    [InlineData("30 [1 06 [1 2A8648CE380401]]", "DSA", 0)] // its parameters are those of the issuer
    [InlineData("30 [1 06 [1 2A864886F70D010301] 30 [1 02 [1 40 00]]]", "DH 15", 15)]
    [InlineData("30 [1 06 [1 2B656E]] 03 [1 00 01]", "X25519", 256)]
    [InlineData("30 [1 06 [1 2B6571]] 03 [1 00 01]", "Ed448", 456)]
    [InlineData("30 [1 06 [1 608648016503040312]] 03 [1 00 01]", "ML-DSA-65", 0)]
    [InlineData("30 [1 06 [1 2A0304]] 03 [1 00 01]", "1.2.3.4", 0)]
    [InlineData("30 [1]", "", 0)]
    [InlineData("", "", 0)]
    public void A_key_is_named_by_its_algorithm_and_size(string hex, string key, int bits)
    {
        var text = DerExamples.Certificate().Replace("300506032B65700303000102", Convert.ToHexString(Decoded.Bytes(hex)), StringComparison.Ordinal);
        var certificate = Certificate.Read(DerTree.Parse(text).Write());
        Assert.Equal((key, bits), (certificate.Key, certificate.KeyBits));
        Assert.Equal(default, certificate.Fault);
    }
}
