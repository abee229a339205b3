using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec;

public sealed class DelegatedCredentialTests
{
    [Fact]
    public void A_credential_is_read_and_its_key_is_what_the_side_signs_with()
    {
        byte[] key = [0x30, 3, 1, 2, 3];
        var body = TlsBytes.Join(TlsBytes.U32(86_400), TlsBytes.U16(0x0403), TlsBytes.Vector24(key), TlsBytes.U16(0x0804), TlsBytes.Vector16(new byte[256]));
        var chain = Chain(TlsBytes.Extension(34, body));
        var credential = chain[0].Extensions.Find<DelegatedCredentialExtension>()!;
        Assert.Equal((86_400u, "ecdsa_secp256r1_sha256"), (credential.ValidTime, credential.Scheme.Name));

        var results = new TranscriptResults(Direction.Forward, isIncomplete: false, verifiesHandshakes: true);
        results.NoteChain(Direction.Reverse, chain);
        Assert.Equal(key, results.SigningKeyOf(Direction.Reverse).ToArray());
    }

    [Fact]
    public void Without_one_and_where_it_is_broken_the_certificates_own_key_signs()
    {
        var results = new TranscriptResults(Direction.Forward, isIncomplete: false, verifiesHandshakes: true);
        foreach (var extensions in (byte[][])[[], TlsBytes.Extension(34, [0, 0, 1])])
        {
            results.NoteChain(Direction.Reverse, Chain(extensions));
            Assert.Equal([0x30, 0], results.SigningKeyOf(Direction.Reverse).ToArray());
        }

        Assert.True(results.SigningKeyOf(Direction.Forward).IsEmpty);
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

    private static CertificateEntry[] Chain(byte[] extensions)
    {
        var list = TlsBytes.Vector16(extensions);
        var reader = new WireReader(list);
        return [new CertificateEntry(Certificate.Read(new byte[] { 0x30, 0 }), ExtensionList.Read(ref reader, list, MessagePlace.Certificate))];
    }
}
