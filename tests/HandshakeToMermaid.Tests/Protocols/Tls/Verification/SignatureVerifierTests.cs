using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Verification;

public sealed class SignatureVerifierTests
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(0x0403, "1.2.840.10045.3.1.7")]
    [InlineData(0x0503, "1.3.132.0.34")]
    [InlineData(0x0603, "1.3.132.0.35")]
    public void Tls_13_ties_an_ecdsa_scheme_to_its_curve_and_tls_12_does_not(int scheme, string curve)
    {
        foreach (var oid in new[] { "1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35" })
        {
            using var key = ECDsa.Create(ECCurve.CreateFromValue(oid));
            var hash = scheme switch { 0x0403 => HashAlgorithmName.SHA256, 0x0503 => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
            var signature = key.SignData(Content, hash, DSASignatureFormat.Rfc3279DerSequence);
            var publicKey = key.ExportSubjectPublicKeyInfo();
            Assert.Equal(oid == curve ? VerificationVerdict.Valid : VerificationVerdict.Invalid, SignatureVerifier.VerifyTls13(new SignatureScheme((ushort)scheme), publicKey, Content, signature).Verdict);
            Assert.Equal(VerificationVerdict.Valid, SignatureVerifier.VerifyTls12(new SignatureScheme((ushort)scheme), publicKey, Content, signature).Verdict);
        }
    }

    [Theory]
    [InlineData(0x0401, true)]
    [InlineData(0x0601, true)]
    [InlineData(0x0201, true)]
    [InlineData(0x0804, false)]
    [InlineData(0x0806, false)]
    [InlineData(0x0809, false)]
    public void Rsa_signs_with_both_paddings(int scheme, bool isPkcs1)
    {
        using var rsa = RSA.Create(2048);
        var hash = (scheme & 0xFF) == 1
            ? (scheme >> 8) switch { 2 => HashAlgorithmName.SHA1, 4 => HashAlgorithmName.SHA256, _ => HashAlgorithmName.SHA512 }
            : scheme == 0x0806 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        var signature = rsa.SignData(Content, hash, isPkcs1 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
        var publicKey = rsa.ExportSubjectPublicKeyInfo();
        Assert.Equal(VerificationResult.Valid, SignatureVerifier.VerifyTls12(new SignatureScheme((ushort)scheme), publicKey, Content, signature));
        Assert.Equal(isPkcs1 ? VerificationVerdict.Invalid : VerificationVerdict.Valid, SignatureVerifier.VerifyTls13(new SignatureScheme((ushort)scheme), publicKey, Content, signature).Verdict);
        Assert.Equal(VerificationVerdict.Invalid, SignatureVerifier.VerifyTls12(new SignatureScheme((ushort)scheme), publicKey, [9], signature).Verdict);
    }

    [Theory]
    [InlineData(0x0807, "Ed25519")]
    [InlineData(0x0808, "Ed448")]
    [InlineData(0x0302, "DSA with SHA-224")]
    [InlineData(0x0301, "RSA with SHA-224")]
    [InlineData(0xFE0B, "signature scheme 0xFE0B")]
    public void What_the_platform_lacks_is_not_checked_and_named(int scheme, string name)
    {
        var check = SignatureVerifier.VerifyTls12(new SignatureScheme((ushort)scheme), [], Content, [1]);
        Assert.Equal((VerificationVerdict.NotChecked, $"{name} is not supported by this platform"), (check.Verdict, check.Why));
    }

    [Fact]
    public void Ml_dsa_is_checked_where_the_platform_offers_it()
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence()) info.WriteObjectIdentifier("2.16.840.1.101.3.4.3.17");
            info.WriteBitString(new byte[1312]);
        }

        var check = SignatureVerifier.VerifyTls13(new SignatureScheme(0x0904), info.Encode(), Content, new byte[2420]);
        Assert.Equal(MLDsa.IsSupported ? VerificationVerdict.Invalid : VerificationVerdict.NotChecked, check.Verdict);
        if (!MLDsa.IsSupported) Assert.Equal("ML-DSA-44 is not supported by this platform", check.Why);
    }

    [Theory]
    [InlineData("pkcs1")]
    [InlineData("pss")]
    [InlineData("ec")]
    public void A_certificates_own_signature_is_checked_by_its_algorithm_identifier(string kind)
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = kind == "ec" ? new CertificateRequest("CN=x", ec, HashAlgorithmName.SHA384)
            : new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA384, kind == "pss" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var outer = new AsnReader(certificate.RawData, AsnEncodingRules.DER).ReadSequence();
        var content = outer.ReadEncodedValue().ToArray();
        var algorithm = outer.ReadEncodedValue().ToArray();
        var signature = outer.ReadBitString(out _);
        var publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        Assert.Equal(VerificationResult.Valid, SignatureVerifier.VerifyX509(algorithm, publicKey, content, signature));
        content[^1] ^= 1;
        Assert.Equal(VerificationVerdict.Invalid, SignatureVerifier.VerifyX509(algorithm, publicKey, content, signature).Verdict);
    }

    [Fact]
    public void Random_keys_signatures_and_algorithms_never_throw_and_are_never_valid()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(1024);
        byte[][] keys = [ec.ExportSubjectPublicKeyInfo(), rsa.ExportSubjectPublicKeyInfo()];
        var random = new Random(8446);
        ushort[] schemes = [0x0403, 0x0804, 0x0401, 0x0202, 0x0904, 0x0101];
        for (var i = 0; i < 1500; i++)
        {
            var key = (byte[])keys[random.Next(2)].Clone();
            for (var j = random.Next(4); j > 0; j--) key[random.Next(key.Length)] = (byte)random.Next(256);
            var signature = new byte[random.Next(150)];
            random.NextBytes(signature);
            var scheme = schemes[random.Next(schemes.Length)];
            Assert.NotEqual(VerificationVerdict.Valid, SignatureVerifier.VerifyTls13(new SignatureScheme(scheme), key, Content, signature).Verdict);
            Assert.NotEqual(VerificationVerdict.Valid, SignatureVerifier.VerifyTls12(new SignatureScheme(scheme), key, Content, signature).Verdict);
            Assert.NotEqual(VerificationVerdict.Valid, SignatureVerifier.VerifyTls11(key, Content, signature).Verdict);
            Assert.NotEqual(VerificationVerdict.Valid, SignatureVerifier.VerifySsl3(key, new byte[36], signature).Verdict);
            Assert.NotEqual(VerificationVerdict.Valid, SignatureVerifier.VerifyX509(signature, key, Content, signature).Verdict);
        }
    }
}
