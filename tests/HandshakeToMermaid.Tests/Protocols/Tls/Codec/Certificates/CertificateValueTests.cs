using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>What a certificate says, value by value (RFC 5280 section 4).</summary>
public class CertificateValueTests
{
    [Fact]
    public void A_certificate_says_all_its_values()
    {
        var tree = DerTree.Parse(DerExamples.Certificate());
        var certificate = Certificate.Read(tree.Write());
        Assert.Equal(
            "Version=3 Subject=CN=B SubjectCommonName=B Issuer=CN=A IssuerCommonName=A Serial=b1 NotBefore=2026-01-01T00:00:00.000000Z NotAfter=2026-01-02T03:04:05.000000Z "
                + "NotBeforeText=2026-01-01T00:00:00Z NotAfterText=2026-01-02T03:04:05Z Key=Ed25519 KeyBits=256 KeyOid=1.3.101.112 Signature=ecdsa-with-SHA256 SignatureOid=1.2.840.10045.4.3.2 "
                + "IsCertificateAuthority=no SubjectDer=300c310a300806035504030c0142 IssuerDer=300c310a300806035504030c0141 SubjectPublicKeyInfo=300c300506032b65700303000102 SignatureAlgorithm=300506032b6571 SignatureValue=a1a2a3",
            Decoded.Text(certificate, "Sha256", "ToBeSigned"));
        var signed = tree.Find("tbsCertificate");
        Assert.Equal(certificate.Der[signed.Start..signed.End].ToArray(), certificate.ToBeSigned.ToArray());
        Assert.Equal("CN=B", certificate.ToString());
    }

    [Fact]
    public void What_is_made_when_it_is_asked_for_is_made_once()
    {
        var certificate = Certificate.Read(CertificateCases.Der("leaf-extensions"));
        foreach (var property in typeof(Certificate).GetProperties().Where(p => !p.PropertyType.IsValueType))
        {
            if (property.Name is nameof(Certificate.SubjectCommonName) or nameof(Certificate.IssuerCommonName) or nameof(Certificate.ExtendedKeyUsageNames)) continue;
            Assert.True(ReferenceEquals(property.GetValue(certificate), property.GetValue(certificate)), property.Name);
        }
    }

    [Fact]
    public void Of_bytes_that_are_no_certificate_everything_is_empty()
        => Assert.Equal("Fault=Certificate is truncated at byte 0 Version=1", Decoded.Text(Certificate.Read(Array.Empty<byte>()), "Sha256"));

    [Theory]
    [InlineData("A0? version{02 version=02}", "", 1)]
    [InlineData("A0? version{02 version=02}", "A0? version{02 version=00}", 1)]
    [InlineData("A0? version{02 version=02}", "A0? version{02 version=7FFFFFFE}", int.MaxValue)]
    [InlineData("A0? version{02 version=02}", "A0? version{02 version=7FFFFFFF}", int.MaxValue)]
    [InlineData("A0? version{02 version=02}", "A0? version{02 version=0080000000}", int.MaxValue)]
    [InlineData("A0? version{02 version=02}", "A0? version{02 version=7FFFFFFD}", int.MaxValue - 1)]
    public void The_version_is_one_more_than_its_number(string was, string now, int version) => Assert.Equal(version, Read(was, now).Version);

    [Theory]
    [InlineData("notBefore=\"20260101000000Z\"", "notBefore=\"tomorrow\"", "notBefore", "tomorrow")]
    [InlineData("notAfter=\"260102030405Z\"", "notAfter=\"2601\"", "notAfter", "2601")]
    public void A_time_that_is_none_is_a_fault_and_shown_as_it_is(string was, string now, string field, string text)
    {
        var tree = DerTree.Parse(DerExamples.Certificate().Replace(was, now, StringComparison.Ordinal));
        var certificate = Certificate.Read(tree.Write());
        Assert.Equal(new WireFault(FaultKind.BadValue, tree.Find(field).Start, field), certificate.Fault);
        Assert.Equal((text, null), field == "notBefore" ? (certificate.NotBeforeText, certificate.NotBefore) : (certificate.NotAfterText, certificate.NotAfter));
        Assert.Equal("CN=B", certificate.Subject);
    }

    [Fact]
    public void The_fault_that_stands_first_counts()
    {
        var whole = DerExamples.Certificate("30 extensions{06 extnID=551D13 04 extnValue=02} 30 extensions{06 extnID=551D0F 04 extnValue=02}");
        var tree = DerTree.Parse(whole);
        Assert.Equal(new WireFault(FaultKind.BadValue, tree.Find("extnValue").Content, "basicConstraints"), Certificate.Read((byte[])[.. tree.Write(), 0]).Fault);
        tree = DerTree.Parse(whole.Replace("20260101000000Z", "2026", StringComparison.Ordinal));
        Assert.Equal(new WireFault(FaultKind.BadValue, tree.Find("notBefore").Start, "notBefore"), Certificate.Read(tree.Write()).Fault);
        tree = DerTree.Parse(whole.Replace("20260101000000Z", "2026", StringComparison.Ordinal).Replace("02 serialNumber", "05 serialNumber", StringComparison.Ordinal));
        Assert.Equal(new WireFault(FaultKind.BadValue, tree.Find("serialNumber").Start, "serialNumber"), Certificate.Read(tree.Write()).Fault);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("00", "")]
    [InlineData("00A1", "a1")]
    public void A_signature_stands_behind_its_count_of_unused_bits(string hex, string signature)
        => Assert.Equal(signature, Convert.ToHexStringLower(Read("00A1A2A3", hex).SignatureValue.Span));

    [Fact]
    public void A_certificate_whose_subject_is_its_issuer_is_self_issued()
    {
        Assert.False(Read("", "").IsSelfIssued);
        Assert.True(Read("030C0142", "030C0141").IsSelfIssued);
    }

    private static Certificate Read(string was, string now)
        => Certificate.Read(DerTree.Parse(was.Length == 0 ? DerExamples.Certificate() : DerExamples.Certificate().Replace(was, now, StringComparison.Ordinal)).Write());
}
