using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Verification;

/// <summary>Names by RFC 9525.</summary>
public sealed class ServerIdentityTests
{
    [Theory]
    [InlineData("www.example.com", "www.example.com", true)]
    [InlineData("www.example.com", "WWW.Example.COM.", true)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("w*.example.com", "www.example.com", false)]
    [InlineData("www.*.com", "www.example.com", false)]
    [InlineData("*", "localhost", false)]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", true)]
    [InlineData("xn--bcher-kva.example", "bücher.example", true)]
    [InlineData("*.example.com", "xn--bcher-kva.example.com", true)]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    public void A_dns_name_matches_by_whole_labels(string presented, string wanted, bool isMatch) =>
        Assert.Equal(isMatch ? IdentityMatch.Match : IdentityMatch.Mismatch, ServerIdentity.Match(For(names => names.AddDnsName(presented)), wanted));

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("www.example.com", false)]
    public void An_address_matches_as_an_address(string wanted, bool isMatch) => Assert.Equal(
        isMatch ? IdentityMatch.Match : IdentityMatch.Mismatch, ServerIdentity.Match(For(names => names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.1"))), wanted));

    [Fact]
    public void The_common_name_counts_only_where_there_are_no_other_names_and_then_hardly()
    {
        Assert.Equal(IdentityMatch.CommonNameOnly, ServerIdentity.Match(For(null), "common.example"));
        Assert.Equal(IdentityMatch.Mismatch, ServerIdentity.Match(For(names => names.AddDnsName("other.example")), "common.example"));
    }

    private static Certificate For(Action<SubjectAlternativeNameBuilder>? name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=common.example", key, HashAlgorithmName.SHA256);
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            name(names);
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(60));
        return Certificate.Read(certificate.RawData);
    }
}
