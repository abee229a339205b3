using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

/// <summary>What comes again is decoded once.</summary>
public class DecodedPartsTests
{
    private readonly DecodedParts parts = new();

    [Fact]
    public void Only_messages_that_come_again_are_the_same()
    {
        for (var type = 0; type < 256; type++)
        {
            var one = Message(type, [0, 0, 1, 2]);
            ReadOnlyMemory<byte> first = one, second = one.ToArray();
            var message = parts.Message(new HandshakeType((byte)type), ref first, Context);
            var comesAgain = type is 0 or 11 or 13 or 14 or 22;
            Assert.Equal(comesAgain, parts.Known(new HandshakeType((byte)type), one).Equals(first));
            Assert.Equal(comesAgain, ReferenceEquals(message, parts.Message(new HandshakeType((byte)type), ref second, Context)));
            Assert.Equal(comesAgain, second.Equals(first));
            Assert.True(first.Equals(one.AsMemory()));
            Assert.Equal(type, message.Type.Code);
            if (message is OpaqueMessage opaque) Assert.Equal([0, 0, 1, 2], opaque.Body.ToArray());
        }
    }

    [Fact]
    public void A_message_of_another_version_is_another()
    {
        ReadOnlyMemory<byte> bytes = Message(11, Vector24(Vector24([3])));
        var old = (CertificateMessage)parts.Message(HandshakeType.Certificate, ref bytes, Context);
        var modern = (CertificateMessage)parts.Message(HandshakeType.Certificate, ref bytes, Context with { Version = ProtocolVersion.Tls13 });
        Assert.Equal((false, true), (old.Fault.IsFault, modern.Fault.IsFault));
        Assert.NotSame(old, parts.Message(HandshakeType.Certificate, ref bytes, Context with { Version = ProtocolVersion.Tls11 }));
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, false)]
    public void Messages_above_16_kib_are_decoded_anew(int length, bool isSame)
    {
        ReadOnlyMemory<byte> bytes = Message(11, new byte[length - 4]);
        var same = bytes.ToArray().AsMemory();
        ReadOnlyMemory<byte> again = same;
        Assert.Equal(isSame, ReferenceEquals(parts.Message(HandshakeType.Certificate, ref bytes, Context), parts.Message(HandshakeType.Certificate, ref again, Context)));
        Assert.Equal(!isSame, parts.Known(HandshakeType.Certificate, same.Span).IsEmpty);
    }

    [Fact]
    public void Suites_names_and_certificates_of_the_same_bytes_are_the_same()
    {
        Assert.Same(parts.Suites(new byte[] { 0x13, 0x01 }), parts.Suites(new byte[] { 0x13, 0x01 }));
        Assert.Equal([new CipherSuite(0x1301), new CipherSuite(0xC02F)], parts.Suites(new byte[] { 0x13, 0x01, 0xC0, 0x2F }));
        Assert.Same(parts.Text("one"u8), parts.Text("one"u8));
        Assert.Equal("two", parts.Text("two"u8));
        Assert.Same(parts.Certificate(new byte[] { 0x30, 0 }), parts.Certificate(new byte[] { 0x30, 0 }));
        CertificateMessage Read() => CertificateMessage.Read(Vector24(Vector24([0x30, 1])), Context with { Parts = parts });
        Assert.Same(Read().Entries[0].Certificate, Read().Entries[0].Certificate);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(514, false)]
    public void Of_suites_no_more_than_512_bytes_are_kept(int length, bool isSame) => Assert.Equal(isSame, ReferenceEquals(parts.Suites(new byte[length]), parts.Suites(new byte[length])));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Of_names_no_more_than_256_bytes_are_kept(int length, bool isSame) => Assert.Equal(isSame, ReferenceEquals(parts.Text(new byte[length]), parts.Text(new byte[length])));

    [Fact]
    public void Bytes_that_change_later_change_no_suites_and_no_names()
    {
        var codes = new byte[] { 0x13, 0x01 };
        parts.Suites(codes);
        codes[1] = 2;
        Assert.Equal([new CipherSuite(0x1302)], parts.Suites(codes));
    }

    [Fact]
    public void Extensions_are_the_same_but_for_those_that_are_random()
    {
        for (var type = 0; type <= 0xFFFF; type++)
        {
            if (type is > 80 and < 0xFE00) continue;
            var cache = new ExtensionCache();
            Extension Read(MessagePlace place = MessagePlace.ServerHello) => cache.Decode(new ExtensionType((ushort)type), new byte[] { 0, 1, 2 }, place);
            Assert.Equal(type is not (21 or 35 or 40 or 41 or 44 or 51 or 0xFE0D), ReferenceEquals(Read(), Read()));
            Assert.NotSame(Read(), Read(MessagePlace.HelloRetryRequest));
        }
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Of_an_extension_no_more_than_512_bytes_are_kept_and_they_are_a_copy(int length, bool isSame)
    {
        var cache = new ExtensionCache();
        var data = new byte[length];
        var extension = cache.Decode(new ExtensionType(0x7777), data, MessagePlace.ClientHello);
        data[0] = 1;
        Assert.Equal(0, extension.Data.Span[0]);
        data[0] = 0;
        Assert.Equal(isSame, ReferenceEquals(extension, cache.Decode(new ExtensionType(0x7777), data, MessagePlace.ClientHello)));
    }

    [Fact]
    public void A_list_takes_its_extensions_from_those_that_came_before()
    {
        byte[] list = Vector16(Alpn("h2"));
        Extension Read()
        {
            var reader = new WireReader(list);
            return ExtensionList.Read(ref reader, list, MessagePlace.ClientHello, parts.Extensions)[0];
        }

        Assert.Same(Read(), Read());
    }

    [Fact]
    public void A_staple_is_decoded_once()
    {
        var status = (CertificateStatus)HandshakeMessage.Read(HandshakeType.CertificateStatus, Join(U8(1), Vector24([0x30, 0])), Context);
        Assert.Same(status.Response, status.Response);
        var extension = (StatusRequestExtension)HandshakeToMermaid.Protocols.Tls.Codec.Extensions.Extension.Decode(ExtensionType.StatusRequest, Join(U8(1), Vector24([0x30, 0])), MessagePlace.Certificate);
        Assert.Same(extension.Response, extension.Response);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(40)]
    public void A_challenge_of_ssl_2_is_padded_or_shortened_to_32_bytes_on_the_left(int length)
    {
        var challenge = Enumerable.Range(1, length).Select(i => (byte)i).ToArray();
        var hello = ClientHello.ReadSsl2(Join(U16(2), U16(0), U16(0), U16(length), challenge));
        Assert.Equal(challenge, hello.Random.ToArray());
        Assert.Equal([.. new byte[Math.Max(0, 32 - length)], .. challenge.TakeLast(32)], hello.SessionRandom.ToArray());
    }

    private static readonly MessageContext Context = new(ProtocolVersion.Tls12, null, AnalyzerLimits.Default);
}
