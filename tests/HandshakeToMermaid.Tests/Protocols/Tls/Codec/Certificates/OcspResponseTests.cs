using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class OcspResponseTests
{
    [Theory]
    [InlineData("ocsp-good", CertificateStatus.Good, "1001", true)]
    [InlineData("ocsp-revoked", CertificateStatus.Revoked, "1002", true)]
    [InlineData("ocsp-unknown", CertificateStatus.Unknown, "1003", false)]
    internal void A_response_tells_the_status_of_its_certificate(string name, CertificateStatus status, string serial, bool hasNextUpdate)
    {
        var response = OcspResponse.Read(CertificateCases.Der(name));

        Assert.False(response.Fault.IsFault, response.Fault.ToString());
        Assert.Equal(OcspResponseStatus.Successful, response.Status);
        var single = Assert.Single(response.Responses);
        Assert.Equal(status, single.Status);
        Assert.Equal(serial, single.Serial);
        Assert.Equal("sha1", single.HashAlgorithm);
        Assert.Equal(hasNextUpdate, single.NextUpdate is not null);
        Assert.NotNull(single.ThisUpdate);
        Assert.NotNull(response.ProducedAt);
    }

    [Fact]
    public void A_revoked_certificate_has_a_time_and_a_reason()
    {
        var single = OcspResponse.Read(CertificateCases.Der("ocsp-revoked")).Responses[0];

        Assert.Equal("2026-01-02T03:04:05.000000Z", single.RevocationTime.ToString());
        Assert.Equal("keyCompromise", single.Reason);
    }

    [Fact]
    public void The_responder_is_named_by_its_name_or_by_its_key()
    {
        var byName = OcspResponse.Read(CertificateCases.Der("ocsp-good"));
        Assert.Equal(@"CN=Example Root, O=Example\, Inc., C=DE", byName.ResponderId);
        Assert.Equal(Certificate.Read(CertificateCases.Der("authority")).SubjectDer.ToArray(), byName.ResponderNameDer.ToArray());

        var byKey = OcspResponse.Read(CertificateCases.Der("ocsp-revoked"));
        Assert.StartsWith("key ", byKey.ResponderId, StringComparison.Ordinal);
        Assert.Equal(20, byKey.ResponderKeyHash.Length);
        Assert.Equal("CN=Responder", byKey.Certificates.Single().Subject);
        Assert.Equal("sha256WithRSAEncryption", byKey.Signature);
    }

    [Fact]
    public void A_responder_that_refuses_says_so()
    {
        var response = OcspResponse.Read(CertificateCases.Der("ocsp-try-later"));

        Assert.False(response.Fault.IsFault);
        Assert.Equal(OcspResponseStatus.TryLater, response.Status);
        Assert.Empty(response.Responses);
    }

    [Fact]
    public void The_signed_part_and_its_signature_verify()
    {
        var response = OcspResponse.Read(CertificateCases.Der("ocsp-good"));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Certificate.Read(CertificateCases.Der("authority")).SubjectPublicKeyInfo.Span, out _);

        Assert.True(key.VerifyData(
            response.ToBeSigned.Span,
            response.SignatureValue.Span,
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
    }

    [Theory]
    [MemberData(nameof(CertificateCases.OcspResponses), MemberType = typeof(CertificateCases))]
    public void Every_prefix_faults_and_no_flipped_byte_throws(string name)
    {
        var random = new Random(6960);
        var der = CertificateCases.Der(name);
        for (var i = 0; i < der.Length; i++)
        {
            Assert.True(OcspResponse.Read(der.AsMemory(0, i)).Fault.IsFault, $"{i} bytes");
            var flipped = der.ToArray();
            flipped[i] ^= (byte)random.Next(1, 256);
            Look(OcspResponse.Read(flipped));
        }
    }

    private static void Look(OcspResponse response)
    {
        _ = (response.ResponderId, response.Signature, response.Responses.Count);
        foreach (var certificate in response.Certificates) CertificateTests.Look(certificate);
    }
}
