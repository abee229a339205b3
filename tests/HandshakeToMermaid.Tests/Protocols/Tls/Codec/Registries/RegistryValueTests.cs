using System.Globalization;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Registries;

/// <summary>Numbers of the registries, the names that they have, and what else follows from them.</summary>
public class RegistryValueTests
{
    /// <summary>Each registry with a number that it does not list, and how that is shown.</summary>
    private static readonly Dictionary<string, (Func<int, (string Name, string Text, bool IsKnown)> Read, int Unknown, string Shown)> Registries = new()
    {
        ["AlertDescription"] = (static c => Of(new AlertDescription((byte)c), new AlertDescription((byte)c).Name, new AlertDescription((byte)c).IsKnown), 99, "unknown_99"),
        ["CertificateCompressionAlgorithm"] = (static c => Of(new CertificateCompressionAlgorithm((ushort)c), new CertificateCompressionAlgorithm((ushort)c).Name, new CertificateCompressionAlgorithm((ushort)c).IsKnown), 0xAB, "0x00AB"),
        ["CipherSuite"] = (static c => Of(new CipherSuite(c), new CipherSuite(c).Name, new CipherSuite(c).IsKnown), 0xEEEF, "0xEEEF"),
        ["ClientCertificateType"] = (static c => Of(new ClientCertificateType((byte)c), new ClientCertificateType((byte)c).Name, new ClientCertificateType((byte)c).IsKnown), 0x0A, "0x0A"),
        ["ContentType"] = (static c => Of(new ContentType((byte)c), new ContentType((byte)c).Name, new ContentType((byte)c).IsKnown), 99, "unknown_99"),
        ["ExtensionType"] = (static c => Of(new ExtensionType((ushort)c), new ExtensionType((ushort)c).Name, new ExtensionType((ushort)c).IsKnown), 0x0ABC, "0x0ABC"),
        ["HandshakeType"] = (static c => Of(new HandshakeType((byte)c), new HandshakeType((byte)c).Name, new HandshakeType((byte)c).IsKnown), 77, "unknown_77"),
        ["HashAlgorithm"] = (static c => Of(new HashAlgorithm((byte)c), new HashAlgorithm((byte)c).Name, new HashAlgorithm((byte)c).IsKnown), 0xAB, "0xAB"),
        ["NamedGroup"] = (static c => Of(new NamedGroup((ushort)c), new NamedGroup((ushort)c).Name, new NamedGroup((ushort)c).IsKnown), 0x0ABC, "0x0ABC"),
        ["ProtocolVersion"] = (static c => Of(new ProtocolVersion((ushort)c), new ProtocolVersion((ushort)c).Name, new ProtocolVersion((ushort)c).IsKnown), 0x0ABC, "0x0abc"),
        ["PskKeyExchangeMode"] = (static c => Of(new PskKeyExchangeMode((byte)c), new PskKeyExchangeMode((byte)c).Name, new PskKeyExchangeMode((byte)c).IsKnown), 0xAB, "0xAB"),
        ["SignatureAlgorithm"] = (static c => Of(new SignatureAlgorithm((byte)c), new SignatureAlgorithm((byte)c).Name, new SignatureAlgorithm((byte)c).IsKnown), 0xAB, "0xAB"),
        ["SignatureScheme"] = (static c => Of(new SignatureScheme((ushort)c), new SignatureScheme((ushort)c).Name, new SignatureScheme((ushort)c).IsKnown), 0xABCD, "0xABCD"),
    };

    public static TheoryData<string> Names() => [.. Registries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_has_the_name_of_the_registry_and_another_is_shown_as_it_is(string registry)
    {
        var (read, unknown, shown) = Registries[registry];
        foreach (var row in RegistryCsv.Lines(Checkout.PathOf("src", "HandshakeToMermaid", "Protocols", "Tls", "Codec", "Registries", registry + ".csv")).Skip(1).Select(line => line.Split(',')))
        {
            Assert.Equal((row[1], row[1], true), read(int.Parse(row[0].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        }

        Assert.Equal((shown, shown, false), read(unknown));
    }

    [Fact]
    public void Grease_is_two_equal_bytes_that_end_in_a()
    {
        for (var code = 0; code <= 0xFFFF; code++)
        {
            var isGrease = code >> 8 == (code & 0xFF) && (code & 0xF) == 0xA;
            Assert.Equal(isGrease, new CipherSuite(code).IsGrease);
            Assert.Equal(isGrease, new NamedGroup((ushort)code).IsGrease);
            Assert.Equal(isGrease, new ExtensionType((ushort)code).IsGrease);
            Assert.Equal(isGrease, new SignatureScheme((ushort)code).IsGrease);
            Assert.Equal(isGrease, new ProtocolVersion((ushort)code).IsGrease);
            if (!isGrease) continue;
            Assert.Equal(Enumerable.Repeat("GREASE", 5), [new CipherSuite(code).Name, new NamedGroup((ushort)code).Name, new ExtensionType((ushort)code).Name, new SignatureScheme((ushort)code).Name, new ProtocolVersion((ushort)code).Name]);
        }

        Assert.False(new CipherSuite(0x0A0A0A).IsGrease);
    }

    [Theory]
    [InlineData(0x0002, "SSL 2.0", false, false, 0)]
    [InlineData(0x0303, "TLS 1.2", false, false, 0)]
    [InlineData(0x0304, "TLS 1.3", true, false, 0)]
    [InlineData(0x0305, "0x0305", false, false, 0)]
    [InlineData(0x7F01, "TLS 1.3 (draft 1)", true, false, 1)]
    [InlineData(0x7F1C, "TLS 1.3 (draft 28)", true, false, 28)]
    [InlineData(0x7FFF, "TLS 1.3 (draft 255)", true, false, 255)]
    [InlineData(0x7E02, "TLS 1.3 (Google experiment 2)", true, false, 0)]
    [InlineData(0xFB1A, "TLS 1.3 (Facebook draft 26)", true, false, 0)]
    [InlineData(0x7D02, "0x7d02", false, false, 0)]
    [InlineData(0xFEFF, "DTLS 1.0", false, true, 0)]
    [InlineData(0xFEFD, "DTLS 1.2", false, true, 0)]
    [InlineData(0xFEFC, "DTLS 1.3", true, true, 0)]
    [InlineData(0xFEFB, "0xfefb", false, true, 0)]
    [InlineData(0xFFFF, "0xffff", false, false, 0)]
    public void A_version_says_what_it_is(int code, string name, bool isTls13, bool isDtls, int draft)
    {
        var version = new ProtocolVersion((ushort)code);
        Assert.Equal((name, isTls13, isDtls, draft), (version.Name, version.IsTls13, version.IsDtls, version.Draft));
    }

    [Theory]
    [InlineData(0, "unknown_0")]
    [InlineData(1, "warning")]
    [InlineData(2, "fatal")]
    [InlineData(3, "unknown_3")]
    public void An_alert_has_a_level(byte code, string name) => Assert.Equal((name, name), (new AlertLevel(code).Name, new AlertLevel(code).ToString()));

    [Theory]
    [InlineData(0x0401, "rsa_pkcs1_sha256", "RSA", SignatureKind.RsaPkcs1, "SHA256", null, "RSA with SHA-256")]
    [InlineData(0x0201, "rsa_pkcs1_sha1", "RSA", SignatureKind.RsaPkcs1, "SHA1", null, "RSA with SHA-1")]
    [InlineData(0x0101, "rsa_md5", "rsa_md5", SignatureKind.RsaPkcs1, "MD5", null, "RSA with MD5")]
    [InlineData(0x0302, "dsa_sha224", "dsa_sha224", SignatureKind.Dsa, "SHA224", null, "DSA with SHA-224")]
    [InlineData(0x0501, "rsa_pkcs1_sha384", "RSA", SignatureKind.RsaPkcs1, "SHA384", null, "RSA with SHA-384")]
    [InlineData(0x0602, "dsa_sha512", "dsa_sha512", SignatureKind.Dsa, "SHA512", null, "DSA with SHA-512")]
    [InlineData(0x0203, "ecdsa_sha1", "ECDSA", SignatureKind.Ecdsa, "SHA1", null, "ECDSA with SHA-1")]
    [InlineData(0x0303, "ecdsa_sha224", "ecdsa_sha224", SignatureKind.Ecdsa, "SHA224", null, "ECDSA with SHA-224")]
    [InlineData(0x0403, "ecdsa_secp256r1_sha256", "ECDSA P-256", SignatureKind.Ecdsa, "SHA256", "1.2.840.10045.3.1.7", "ecdsa_secp256r1_sha256")]
    [InlineData(0x0804, "rsa_pss_rsae_sha256", "RSA-PSS", SignatureKind.RsaPss, "SHA256", null, "RSA-PSS with SHA-256")]
    [InlineData(0x081A, "ecdsa_brainpoolP256r1tls13_sha256", "ECDSA", SignatureKind.Ecdsa, "SHA256", "1.3.36.3.3.2.8.1.1.7", "ecdsa_brainpoolP256r1tls13_sha256")]
    [InlineData(0x0807, "ed25519", "Ed25519", SignatureKind.Other, null, null, "Ed25519")]
    [InlineData(0x0905, "mldsa65", "ML-DSA-65", SignatureKind.MlDsa, null, null, "ML-DSA-65")]
    [InlineData(0x0400, "anonymous_sha256", "anonymous_sha256", SignatureKind.Other, "SHA256", null, "signature scheme 0x0400")]
    [InlineData(0x0404, "0x0404", "0x0404", SignatureKind.Other, "SHA256", null, "signature scheme 0x0404")]
    [InlineData(0x0001, "rsa_none", "rsa_none", SignatureKind.Other, null, null, "signature scheme 0x0001")]
    [InlineData(0x0F01, "0x0F01", "0x0F01", SignatureKind.Other, null, null, "signature scheme 0x0F01")]
    internal void A_scheme_says_how_it_signs(int code, string name, string label, SignatureKind kind, string? hash, string? curve, string method)
    {
        var scheme = new SignatureScheme((ushort)code);
        Assert.Equal((name, label, kind, hash), (scheme.Name, scheme.Label, scheme.Kind, scheme.HashName));
        Assert.Equal((curve, method), (scheme.Curve, scheme.Method));
    }

    [Fact]
    public void A_group_is_called_by_its_name_where_people_have_no_other()
    {
        Assert.Equal("P-521", NamedGroup.Secp521r1.Label);
        Assert.Equal("sect163k1", new NamedGroup(1).Label);
        Assert.Equal("0x0ABC", new NamedGroup(0xABC).Label);
    }

    private static (string Name, string Text, bool IsKnown) Of<T>(T one, string name, bool isKnown)
        where T : struct => (name, one.ToString()!, isKnown);
}
