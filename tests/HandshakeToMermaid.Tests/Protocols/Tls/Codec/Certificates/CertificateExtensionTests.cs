using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>What the extensions of a certificate say (RFC 5280 section 4.2).</summary>
public class CertificateExtensionTests
{
    [Theory]
    [InlineData("551D0E", "0402A1A2", "SubjectKeyIdentifier=a1a2")]
    [InlineData("551D23", "30048002B1B2", "AuthorityKeyIdentifier=b1b2")]
    [InlineData("551D23", "30048202B1B2", "")]
    [InlineData("551D13", "3000", "IsCertificateAuthority=no")]
    [InlineData("551D13", "3003010100", "IsCertificateAuthority=no")]
    [InlineData("551D13", "30020100", "IsCertificateAuthority=no")]
    [InlineData("551D13", "30030101FF", "IsCertificateAuthority=yes")]
    [InlineData("551D13", "3003010101", "IsCertificateAuthority=yes")]
    [InlineData("551D13", "30060101FF020100", "IsCertificateAuthority=yes PathLength=0")]
    [InlineData("551D13", "30090101FF02047FFFFFFF", "IsCertificateAuthority=yes PathLength=2147483647")]
    [InlineData("551D13", "300A0101FF02050100000005", "IsCertificateAuthority=yes PathLength=2147483647")]
    [InlineData("551D13", "3003020103", "IsCertificateAuthority=no PathLength=3")]
    [InlineData("551D25", "300A06082B06010505070301", "ExtendedKeyUsages=[1.3.6.1.5.5.7.3.1] ExtendedKeyUsageNames=[serverAuth]")]
    [InlineData("551D25", "30 [1 06 [1 2A03] 06 [1 2A04]]", "ExtendedKeyUsages=[1.2.3, 1.2.4] ExtendedKeyUsageNames=[1.2.3, 1.2.4]")]
    [InlineData("551D25", "3000", "")]
    [InlineData("551D11", "30 [1 82 [1 61] 82 [1 62] 87 [1 01020304]]", "SubjectAlternativeNames=[a, b, 1.2.3.4] DnsNames=[a, b] IpAddresses=[1.2.3.4] HasSubjectAlternativeNames=yes")]
    [InlineData("551D11", "30 [1 87 [1 20010DB8 00*11 01]]", "SubjectAlternativeNames=[2001:db8::1] IpAddresses=[2001:db8::1] HasSubjectAlternativeNames=yes")]
    [InlineData("551D11", "300787050102030405", "SubjectAlternativeNames=[0102030405] HasSubjectAlternativeNames=yes")]
    [InlineData("551D11", "3006810161820162", "SubjectAlternativeNames=[b] DnsNames=[b] HasSubjectAlternativeNames=yes")]
    [InlineData("551D11", "3000", "HasSubjectAlternativeNames=yes")]
    [InlineData("2B06010505070101", "30 [1 30 [1 06 [1 2B0601050507] 82 [1 61]] 30 [1 06 [1 2A03] 86 [1]]]", "AuthorityInfoAccess=[]")]
    [InlineData("2B06010505070101", "30 [1 30 [1 06 [1 2A03] 86 [1 6162]] 30 [1 06 [1 2A04] 82 [1 63]] 30 [1 06 [1 2A04] 86 [1 64]]]", "AuthorityInfoAccess=[ab, d]")]
    [InlineData("2B06010505070118", "3006020111020105", "MustStaple=yes")]
    [InlineData("2B06010505070118", "3006020105020105", "MustStaple=yes")]
    [InlineData("2B06010505070118", "3006020105020111", "MustStaple=yes")]
    [InlineData("2B06010505070118", "3003020111", "")]
    [InlineData("2B06010401D679020402", "0400", "HasSignedCertificateTimestamps=yes")]
    [InlineData("551D1E", "3000", "NameConstraints=()")]
    [InlineData("551D1E", "30 [1 A0 [1 30 [1 82 [1 61]] 30 [1 82 [1 62] 80 [1 00]]] A1 [1 30 [1 82 [1 63]] 30 [1 81 [1 64]]]]", "NameConstraints=(PermittedDns=[a, b] ExcludedDns=[c] HasOther=yes)")]
    [InlineData("551D1E", "30 [1 A1 [1 30 [1 82 [1 63]]]]", "NameConstraints=(ExcludedDns=[c])")]
    [InlineData("551D1E", "30 [1 A0 [1 30 [1 87 [1 0A000000 FF000000]]] A1 [1 30 [1 87 [1 0A010000 FFFF0000]]]]", "NameConstraints=(PermittedIp=[10.0.0.0/8] ExcludedIp=[10.1.0.0/16])")]
    [InlineData("551D1E", "30 [1 A0 [1 30 [1 82 [1]]] A1 [1 30 [1 81 [1]]]]", "NameConstraints=(PermittedDns=[] HasOther=yes)")]
    [InlineData("551D1E", "30 [1 A0 [1 30 [1 87 [1 0A000000 FF0000]]]]", "NameConstraints=(HasOther=yes)")]
    public void An_extension_says_its_value(string id, string hex, string decoded)
    {
        var certificate = Certificate.Read(DerTree.Parse(DerExamples.Certificate(Extension(id, hex))).Write());
        Assert.Equal(default, certificate.Fault);
        Assert.Equal(decoded, Decoded.Text(certificate, CertificatesOwn));
        Assert.Equal(id == "551D25", certificate.ExtendedKeyUsages is not null);
    }

    [Theory]
    [InlineData("0780", KeyUsage.DigitalSignature)]
    [InlineData("0640", KeyUsage.NonRepudiation)]
    [InlineData("0520", KeyUsage.KeyEncipherment)]
    [InlineData("0410", KeyUsage.DataEncipherment)]
    [InlineData("0308", KeyUsage.KeyAgreement)]
    [InlineData("0204", KeyUsage.KeyCertSign)]
    [InlineData("0102", KeyUsage.CrlSign)]
    [InlineData("0001", KeyUsage.EncipherOnly)]
    [InlineData("070080", KeyUsage.DecipherOnly)]
    [InlineData("060040", KeyUsage.None)] // a bit that is not defined
    [InlineData("00", KeyUsage.None)]
    [InlineData("00FFFF", (KeyUsage)0x1FF)]
    [InlineData("00FFFFFF", (KeyUsage)0x1FF)]
    internal void A_key_usage_has_the_bits_of_section_4_2_1_3(string hex, KeyUsage usage)
        => Assert.Equal(usage, Certificate.Read(DerTree.Parse(DerExamples.Certificate(Extension("551D0F", $"03{hex.Length / 2:X2}{hex}"))).Write()).KeyUsage);

    [Fact]
    public void A_key_usage_without_content_is_none_at_all()
        => Assert.Null(Certificate.Read(DerTree.Parse(DerExamples.Certificate(Extension("551D0F", "0300"))).Write()).KeyUsage);

    [Theory]
    [InlineData("551D0E", false)]
    [InlineData("551D12", false)]
    [InlineData("551D1F", false)]
    [InlineData("551D20", false)]
    [InlineData("551D21", false)]
    [InlineData("551D24", false)]
    [InlineData("551D2E", false)]
    [InlineData("551D36", false)]
    [InlineData("551D63", true)]
    [InlineData("551D", true)]
    [InlineData("551D1300", true)]
    [InlineData("551C13", true)]
    [InlineData("2B06010505070118", false)]
    [InlineData("2B06010505070102", true)]
    [InlineData("2B06010505070201", true)]
    [InlineData("2B060105050701", true)]
    [InlineData("2B0601050507011800", true)]
    [InlineData("2B06010401D679020402", false)]
    [InlineData("2B06010401D679020403", true)]
    public void A_critical_extension_that_is_not_known_is_noted(string id, bool isNoted)
    {
        var value = id == "551D0E" ? "0400" : "3000";
        bool Noted(params string[] extensions) => Certificate.Read(DerTree.Parse(DerExamples.Certificate(string.Join(' ', extensions))).Write()).HasUnknownCriticalExtension;
        var critical = $"30 extensions{{06 extnID={id} 01 critical=FF 04 extnValue={value}}}";
        Assert.Equal(isNoted, Noted(critical));
        Assert.Equal(isNoted, Noted(critical, critical));
        Assert.Equal(isNoted, Noted(critical, critical.Replace("FF 04", "00 04", StringComparison.Ordinal)));
        Assert.False(Noted(Extension(id, value)));
        Assert.False(Noted(critical.Replace("FF 04", "00 04", StringComparison.Ordinal)));
        Assert.False(Noted(critical.Replace("FF 04", " 04", StringComparison.Ordinal)));
    }

    private static string Extension(string id, string hex) => $"30 extensions{{06 extnID={id} 04 extnValue={Convert.ToHexString(Decoded.Bytes(hex))}}}";

    /// <summary>What does not depend on extensions.</summary>
    private static readonly string[] CertificatesOwn = [.. Decoded.Text(Certificate.Read(DerTree.Parse(DerExamples.Certificate(Extension("2A03", ""))).Write()))
        .Split(' ').Where(word => word.Contains('=')).Select(word => word.Split('=')[0])];
}
