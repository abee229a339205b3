using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec;

public sealed class DelegatedCredentialTests
{
    [Fact]
    public void A_signature_holds_where_the_certificate_signed_the_credential_and_the_credential_the_content()
    {
        var leaf = Signed(LeafKey, LeafKey);
        var credential = leaf.Extensions.Find<DelegatedCredentialExtension>()!;
        Assert.Equal((86_400u, "ecdsa_secp256r1_sha256"), (credential.ValidTime, credential.Scheme.Name));
        Assert.Equal(VerificationResult.Valid, DelegatedSignature.Verify(Side.Server, leaf, credential.Scheme, Content, Sign(DelegatedKey, Content)));
        Assert.Equal(VerificationVerdict.Invalid, DelegatedSignature.Verify(Side.Server, leaf, credential.Scheme, Content, Sign(LeafKey, Content)).Verdict);
    }

    [Fact]
    public void A_credential_that_the_certificate_did_not_sign_shows_nothing()
    {
        var leaf = Signed(LeafKey, by: DelegatedKey);
        Assert.Equal("the delegated credential is not signed by the certificate", DelegatedSignature.Verify(Side.Server, leaf, Ecdsa, Content, Sign(DelegatedKey, Content)).Why);
        Assert.Equal(VerificationVerdict.Invalid, DelegatedSignature.Verify(Side.Client, Signed(LeafKey, LeafKey), Ecdsa, Content, Sign(DelegatedKey, Content)).Verdict);
    }

    [Fact]
    public void Another_scheme_than_that_of_the_credential_is_named()
        => Assert.Equal("the delegated credential is for ecdsa_secp256r1_sha256", DelegatedSignature.Verify(Side.Server, Signed(LeafKey, LeafKey), new SignatureScheme(0x0804), Content, new byte[256]).Why);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_one_and_where_it_is_broken_the_certificates_own_key_signs(bool hasBroken)
    {
        var leaf = Entry(LeafKey, hasBroken ? TlsBytes.Extension(34, [0, 0, 1]) : []);
        Assert.Equal(VerificationResult.Valid, DelegatedSignature.Verify(Side.Server, leaf, Ecdsa, Content, Sign(LeafKey, Content)));
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(77u, false)]
    public void A_key_without_an_age_was_agreed_on_outside_tls(uint age, bool isExternal)
    {
        var data = TlsBytes.Join(TlsBytes.Vector16(TlsBytes.Join(TlsBytes.Vector16([1, 2]), TlsBytes.U32(age))), TlsBytes.Vector16(TlsBytes.Vector8(new byte[32])));
        var psk = (PreSharedKeyExtension)Extension.Decode(ExtensionType.PreSharedKey, data, MessagePlace.ClientHello);
        Assert.Equal(isExternal, psk.IsExternal);
    }

    private static CertificateEntry Signed(ECDsa of, ECDsa by)
    {
        var credential = TlsBytes.Join(TlsBytes.U32(86_400), TlsBytes.U16(0x0403), TlsBytes.Vector24(DelegatedKey.ExportSubjectPublicKeyInfo()), TlsBytes.U16(0x0403));
        var content = SignedContent.DelegatedCredential(Side.Server, DerOf(of), credential);
        return Entry(of, TlsBytes.Extension(34, TlsBytes.Join(credential, TlsBytes.Vector16(Sign(by, content)))));
    }

    private static CertificateEntry Entry(ECDsa key, byte[] extensions)
    {
        var list = TlsBytes.Vector16(extensions);
        var reader = new WireReader(list);
        return new CertificateEntry(Certificate.Read(DerOf(key)), ExtensionList.Read(ref reader, list, MessagePlace.Certificate));
    }

    private static byte[] DerOf(ECDsa key)
    {
        if (Made.TryGetValue(key, out var der)) return der;
        using var made = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=www.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80));
        return Made[key] = made.RawData;
    }

    private static byte[] Sign(ECDsa key, byte[] content) => key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static readonly ECDsa LeafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa DelegatedKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly Dictionary<ECDsa, byte[]> Made = [];
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly SignatureScheme Ecdsa = new(0x0403);
}
