using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class CertificateTests
{
    [Theory]
    [MemberData(nameof(CertificateCases.Certificates), MemberType = typeof(CertificateCases))]
    public void A_certificate_reads_as_the_platform_reads_it(string name)
    {
        var der = CertificateCases.Der(name);
        using var platform = X509CertificateLoader.LoadCertificate(der);
        var ours = Certificate.Read(der);

        Assert.False(ours.Fault.IsFault, ours.Fault.ToString());
        Assert.Equal(platform.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), ours.Sha256, ignoreCase: true);
        var serial = platform.SerialNumber.TrimStart('0').ToLowerInvariant();
        Assert.Equal(serial.Length == 0 ? "0" : serial, ours.Serial);
        Assert.Equal(platform.SubjectName.RawData, ours.SubjectDer.ToArray());
        Assert.Equal(platform.IssuerName.RawData, ours.IssuerDer.ToArray());
        Assert.Equal(platform.PublicKey.Oid.Value, ours.KeyOid);
        Assert.Equal(platform.SignatureAlgorithm.Value, ours.SignatureOid);
        Assert.Equal(platform.PublicKey.ExportSubjectPublicKeyInfo(), ours.SubjectPublicKeyInfo.ToArray());
        var common = platform.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (ours.SubjectCommonName is not null) Assert.Equal(common, ours.SubjectCommonName);
        Assert.Equal(Text(platform.NotBefore), ours.NotBeforeText);
        Assert.Equal(Text(platform.NotAfter), ours.NotAfterText);
        foreach (var extension in platform.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            Assert.Equal(extension.EnumerateDnsNames(), ours.DnsNames);
            Assert.Equal(extension.EnumerateIPAddresses().Select(a => a.ToString()), ours.IpAddresses.Select(a => a.ToString()));
        }

        foreach (var extension in platform.Extensions.OfType<X509BasicConstraintsExtension>())
        {
            Assert.Equal(extension.CertificateAuthority, ours.IsCertificateAuthority);
            Assert.Equal(extension.HasPathLengthConstraint ? extension.PathLengthConstraint : null, ours.PathLength);
        }

        foreach (var extension in platform.Extensions.OfType<X509SubjectKeyIdentifierExtension>())
            Assert.Equal(extension.SubjectKeyIdentifierBytes.ToArray(), ours.SubjectKeyIdentifier.ToArray());
        foreach (var extension in platform.Extensions.OfType<X509AuthorityKeyIdentifierExtension>())
            Assert.Equal(extension.KeyIdentifier!.Value.ToArray(), ours.AuthorityKeyIdentifier.ToArray());
    }

    [Theory]
    [InlineData("rsa-2048", "RSA 2048", 2048, "sha256WithRSAEncryption")]
    [InlineData("rsa-1024-sha1", "RSA 1024", 1024, "sha1WithRSAEncryption")]
    [InlineData("rsa-pss", "RSA-PSS 2048", 2048, "RSASSA-PSS")]
    [InlineData("rsa-pss-signature", "RSA 2048", 2048, "RSASSA-PSS")]
    [InlineData("ec-P-256", "EC P-256", 256, "ecdsa-with-SHA256")]
    [InlineData("ec-P-384", "EC P-384", 384, "ecdsa-with-SHA256")]
    [InlineData("ec-P-521", "EC P-521", 521, "ecdsa-with-SHA256")]
    [InlineData("ec-secp256k1", "EC secp256k1", 256, "ecdsa-with-SHA256")]
    [InlineData("ec-brainpoolP256r1", "EC brainpoolP256r1", 256, "ecdsa-with-SHA256")]
    [InlineData("ec-explicit", "EC explicit parameters", 256, "ecdsa-with-SHA256")]
    [InlineData("ed25519", "Ed25519", 256, "Ed25519")]
    [InlineData("ed448", "Ed448", 456, "Ed448")]
    [InlineData("dsa-1024", "DSA 1024", 1024, "dsa-with-SHA256")]
    public void Keys_and_signatures_are_named_as_people_name_them(string name, string key, int bits, string signature)
    {
        var certificate = Certificate.Read(CertificateCases.Der(name));

        Assert.Equal(key, certificate.Key);
        Assert.Equal(bits, certificate.KeyBits);
        Assert.Equal(signature, certificate.Signature);
    }

    [Theory]
    [InlineData("rsa-2048", "CN=www.example.com, O=Example, C=DE")]
    [InlineData("names-common-first", "CN=first.example.com, O=Example, C=DE")]
    [InlineData("names-multivalue", "CN=multi.example.com+UID=u1, O=Example")]
    [InlineData("names-odd", @"CN=bücher.example, emailAddress=x@example.com, OU=\ leading, OU=\#hash, O=A\, \""B\"" \<C\>\; \\D#, ST=Zürich \+ Süd, C=DE")]
    [InlineData("names-none", "")]
    public void A_subject_is_written_common_name_first(string name, string subject) =>
        Assert.Equal(subject, Certificate.Read(CertificateCases.Der(name)).Subject);

    [Fact]
    public void A_subject_without_a_common_name_has_none()
    {
        var certificate = Certificate.Read(CertificateCases.Der("names-none"));

        Assert.Null(certificate.SubjectCommonName);
        Assert.Equal(["san-only.example.com"], certificate.SubjectAlternativeNames);
    }

    [Fact]
    public void Dns_names_and_addresses_are_listed_together_and_apart()
    {
        var certificate = Certificate.Read(CertificateCases.Der("rsa-2048"));

        Assert.Equal(["www.example.com", "*.example.com", "192.0.2.1", "2001:db8::1"], certificate.SubjectAlternativeNames);
        Assert.Equal(["www.example.com", "*.example.com"], certificate.DnsNames);
        Assert.Equal([IpAddress.Parse("192.0.2.1")!.Value, IpAddress.Parse("2001:db8::1")!.Value], certificate.IpAddresses);
        Assert.Equal(200, Certificate.Read(CertificateCases.Der("names-many")).DnsNames.Count);
    }

    [Fact]
    public void An_authority_tells_its_path_length_and_constraints()
    {
        var authority = Certificate.Read(CertificateCases.Der("authority"));

        Assert.True(authority.IsCertificateAuthority);
        Assert.Equal(1, authority.PathLength);
        Assert.Equal(KeyUsage.KeyCertSign | KeyUsage.CrlSign, authority.KeyUsage);
        Assert.True(authority.IsSelfIssued);
        Assert.Equal(3, authority.Version);
        var constraints = authority.NameConstraints!;
        Assert.Equal(["example.com", ".example.net"], constraints.PermittedDns);
        Assert.Equal(["secret.example.com"], constraints.ExcludedDns);
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32"], constraints.PermittedIp.Select(r => r.ToString()));
        Assert.Equal("10.1.2.0/24", constraints.ExcludedIp.Single().ToString());
        Assert.True(constraints.HasOther);
    }

    [Fact]
    public void An_address_range_holds_what_its_mask_says()
    {
        var range = Certificate.Read(CertificateCases.Der("authority")).NameConstraints!.PermittedIp;

        Assert.True(range[0].Contains(IpAddress.Parse("10.255.0.1")!.Value));
        Assert.False(range[0].Contains(IpAddress.Parse("11.0.0.1")!.Value));
        Assert.False(range[0].Contains(IpAddress.Parse("2001:db8::1")!.Value));
        Assert.True(range[1].Contains(IpAddress.Parse("2001:db8:ffff::1")!.Value));
        Assert.False(range[1].Contains(IpAddress.Parse("2001:db9::1")!.Value));
    }

    [Fact]
    public void A_leaf_tells_what_it_may_be_used_for()
    {
        var leaf = Certificate.Read(CertificateCases.Der("leaf-extensions"));

        Assert.Equal(KeyUsage.DigitalSignature | KeyUsage.KeyEncipherment | KeyUsage.DecipherOnly, leaf.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.2.3.4.5"], leaf.ExtendedKeyUsages);
        Assert.Equal(["serverAuth", "clientAuth", "1.2.3.4.5"], leaf.ExtendedKeyUsageNames);
        Assert.True(leaf.MustStaple);
        Assert.True(leaf.HasUnknownCriticalExtension);
        Assert.Equal(["http://ocsp.example.com/", "http://example.com/ca.der"], leaf.AuthorityInfoAccess);
        Assert.False(leaf.HasSignedCertificateTimestamps);
    }

    [Fact]
    public void Absent_extensions_are_null_not_false()
    {
        var certificate = Certificate.Read(CertificateCases.Der("dates-9999"));

        Assert.Null(certificate.IsCertificateAuthority);
        Assert.Null(certificate.KeyUsage);
        Assert.Null(certificate.ExtendedKeyUsages);
        Assert.Null(certificate.NameConstraints);
        Assert.False(certificate.HasSubjectAlternativeNames);
    }

    [Fact]
    public void Dates_outside_what_nanoseconds_count_stay_text()
    {
        var late = Certificate.Read(CertificateCases.Der("dates-9999"));
        Assert.Equal("9999-12-31T23:59:59Z", late.NotAfterText);
        Assert.Null(late.NotAfter);
        Assert.Equal("2026-01-01T00:00:00.000000Z", late.NotBefore.ToString());

        var early = Certificate.Read(CertificateCases.Der("dates-1950"));
        Assert.Equal("1950-01-01T00:00:00Z", early.NotBeforeText);
        Assert.True(early.NotAfter < new Timestamp(0));

        Assert.Null(Certificate.Read(CertificateCases.Der("dates-1600")).NotBefore);
    }

    [Fact]
    public void Every_prefix_faults_without_a_throw_and_keeps_what_it_has()
    {
        var der = CertificateCases.Der("leaf-extensions");
        for (var length = 0; length < der.Length; length++)
        {
            var certificate = Certificate.Read(der.AsMemory(0, length));
            Assert.True(certificate.Fault.IsFault, $"{length} bytes");
            Look(certificate);
        }

        Assert.Equal("CN=leaf.example.com", Certificate.Read(der.AsMemory(0, der.Length - 1)).Subject);
        Assert.True(Certificate.Read(der.AsMemory(0, der.Length - 1)).MustStaple);
    }

    [Theory]
    [MemberData(nameof(CertificateCases.Certificates), MemberType = typeof(CertificateCases))]
    public void No_flipped_byte_throws(string name)
    {
        var random = new Random(name.Length);
        var der = CertificateCases.Der(name);
        for (var i = 0; i < der.Length; i++)
        {
            var flipped = der.ToArray();
            flipped[i] ^= (byte)random.Next(1, 256);
            Look(Certificate.Read(flipped));
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(5280);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            if (bytes.Length > 8 && i % 2 == 0) new byte[] { 0x30, 0x80, 0x30, 0x80, 0x02, 0x01, 0x05, 0x30 }.CopyTo(bytes, 0);
            Look(Certificate.Read(bytes));
        }
    }

    [Fact]
    public void Bytes_after_the_certificate_are_a_fault_and_it_is_read_nevertheless()
    {
        byte[] der = [.. CertificateCases.Der("ed25519"), 0];
        var certificate = Certificate.Read(der);

        Assert.Equal(new WireFault(FaultKind.Trailing, der.Length - 1, "Certificate"), certificate.Fault);
        Assert.Equal("CN=ed25519.example.com", certificate.Subject);
        Assert.Equal(64, certificate.SignatureValue.Length);
    }

    [Fact]
    public void The_signed_part_and_its_signature_verify()
    {
        var certificate = Certificate.Read(CertificateCases.Der("ec-P-256"));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(certificate.SubjectPublicKeyInfo.Span, out _);

        Assert.True(key.VerifyData(
            certificate.ToBeSigned.Span,
            certificate.SignatureValue.Span,
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
    }

    internal static void Look(Certificate c) => _ = (c.Sha256, c.Subject, c.SubjectCommonName, c.Issuer, c.IssuerCommonName, c.Serial,
        c.NotBeforeText, c.NotAfterText, c.SubjectAlternativeNames, c.DnsNames, c.IpAddresses, c.Key, c.KeyBits, c.KeyOid, c.Signature, c.SignatureOid,
        c.ExtendedKeyUsageNames, c.AuthorityInfoAccess, c.SubjectDer, c.IssuerDer, c.SubjectPublicKeyInfo, c.ToBeSigned, c.SignatureAlgorithm,
        c.IsSelfIssued, c.Fault.ToString(), c.NameConstraints?.PermittedIp.Select(r => r.ToString()).ToArray());

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
