using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Facts;

/// <summary>The vectors are those that the authors of JA3 and JA4 publish; the hash of JA3S is computed apart from the text they give.</summary>
public class FingerprintTests
{
    [Fact]
    public void Ja3_with_extensions_is_as_published()
    {
        var hello = Hello(ClientHelloBody(
            0x0301, [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4], null,
            ServerName("a.example"), Groups(23, 24, 25), Extension(11, Vector8(U8(0)))));
        Assert.Equal("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0", Ja3.TextOf(hello));
        Assert.Equal("ada70206e40642a3e4461f35503241d5", Ja3.Of(hello));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_024)]
    [InlineData(2_000)]
    public void However_many_suites_a_client_offers_its_fingerprints_are_its_own(int suites)
    {
        var offered = Enumerable.Range(1, suites).Select(i => i).ToArray();
        var one = Hello(ClientHelloBody(0x0303, offered));
        offered[^1] = 0xC02F;
        var other = Hello(ClientHelloBody(0x0303, offered));
        Assert.Equal((Ja3.Of(one), Ja4.Of(one, 't')), (Fingerprints.Of(one, "tcp").Ja3, Fingerprints.Of(one, "tcp").Ja4));
        Assert.NotEqual(Fingerprints.Of(one, "tcp").Ja3, Fingerprints.Of(other, "tcp").Ja3);
    }

    [Fact]
    public void Ja3_without_extensions_is_as_published()
    {
        var hello = Hello(ClientHelloBody(0x0301, [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99]));
        Assert.Equal("769,4-5-10-9-100-98-3-6-19-18-99,,,", Ja3.TextOf(hello));
        Assert.Equal("de350869b8c85de67a350c8d186f11e6", Ja3.Of(hello));
    }

    [Fact]
    public void Ja3s_is_the_md5_of_the_published_text()
    {
        var body = ServerHelloBody(47, 0x0301, null, null, Extension(0xFF01, U8(0)), Extension(0), Extension(11, Vector8(U8(0))), Extension(35), Extension(5), Extension(16, Vector16(Vector8(Text("h2")))));
        var hello = ServerHello.Read(HandshakeType.ServerHello, body);
        Assert.Equal("769,47,65281-0-11-35-5-16", Ja3.TextOf(hello));
        Assert.Equal("836ce314215654b5b1f85f97c73e506f", Ja3.Of(hello));
    }

    [Fact]
    public void Ja4_is_as_published_whatever_the_order_and_the_grease()
    {
        int[] suites = [0x0A0A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035];
        var hello = Hello(ClientHelloBody(
            0x0303, suites, null,
            Extension(0x1A1A), ServerName("a.example"), Extension(0x0017), Extension(0xFF01, U8(0)), Groups(0x2A2A, 29, 23), Extension(11, Vector8(U8(0))),
            Extension(0x0023), Alpn("h2", "http/1.1"), Extension(5, U8(1), U16(0), U16(0)), SignatureAlgorithms(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601),
            Extension(0x0012), Extension(0x0033, Vector16()), Extension(0x002D, Vector8(U8(1))), SupportedVersions(0x3A3A, 0x0304, 0x0303), Extension(0x001B, Vector8(U16(2))),
            Extension(0x4469, Vector16(Vector8(Text("h2")))), Extension(0x4A4A, U8(0)), Extension(0x0015, Fill(10))));
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", Ja4.Of(hello, 't'));
        Assert.StartsWith("q13d", Ja4.Of(hello, 'q'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h2", "h2")]
    [InlineData("http/1.1", "h1")]
    [InlineData("x", "xx")]
    [InlineData("\u00AB", "cb")]
    [InlineData("0\u00AB", "3b")]
    public void Ja4_writes_alpn_by_its_ends(string alpn, string expected)
    {
        // The character's two bytes in UTF-8 are c2 ab: the first and last digit of the whole are told.
        var hello = Hello(ClientHelloBody(0x0303, [47], null, Alpn(alpn)));
        Assert.Equal($"t12i0101{expected}", Ja4.Of(hello, 't')[..10]);
    }

    [Fact]
    public void Ja4_of_a_bare_hello_has_zeros() => Assert.Equal("t10i010000_" + Ja4.Of(Hello(ClientHelloBody(0x0301, [47])), 't')[11..23] + "_000000000000", Ja4.Of(Hello(ClientHelloBody(0x0301, [47])), 't'));

    [Fact]
    public void What_is_remembered_is_what_would_be_worked_out()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 4000; round++)
        {
            // Few choices each: most hellos come again, and each differs from some other in one place alone.
            var hello = Hello(ClientHelloBody(
                0x0301 + random.Next(3), [.. new[] { 47, 0x1301, 0x0A0A, 53 }.Take(random.Next(1, 5))], null,
                random.Next(2) == 0 ? ServerName($"{round}.example") : Extension(0x0023),
                Groups(random.Next(22, 24)),
                Extension(11, Vector8(U8(random.Next(2)))),
                Alpn(random.Next(2) == 0 ? "h2" : "http/1.1"),
                SignatureAlgorithms(random.Next(2) == 0 ? [0x0403] : [0x0403, 0x0804]),
                random.Next(2) == 0 ? SupportedVersions(0x0304, 0x0303) : Extension(0x0017)));
            var carrier = random.Next(2) == 0 ? "tcp" : "quic";
            Assert.Equal(new Fingerprints(Ja3.Of(hello), Ja4.Of(hello, carrier[0])), Fingerprints.Of(hello, carrier));
        }
    }

    private static ClientHello Hello(byte[] body) => ClientHello.Read(body);
}
