using System.IO.Compression;
using System.Numerics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Attacks;

/// <summary>Handshakes whose content is large, deep or expensive.</summary>
internal static class TlsAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new("a message that claims 16 MB", "larger than", file => Answered(file, 1, [.. Message(11, 0xFF_FFFF), .. new byte[4_000_000]])),
        new("a chain of 10,000 certificates", "certificates", file => Answered(file, 1, Chain(10_000, Plain(2048)))),
        new("200 chains of 99 certificates of one name", "\"certificates\"|certificate", file => Answered(file, 200, Chain(99, Plain(2048)))),
        new("300 hellos of 15,000 extensions", "\"tls\"", Extensions),
        new("1,000,000 records of a byte", "\"tls\"", file => Exchange(file, [.. Enumerable.Repeat(TlsBytes.Record(22, [0]), 1_000_000).SelectMany(r => r)])),
        new("1,000,000 alerts", "\"tls\"", file => Exchange(file, [.. Enumerable.Repeat(TlsBytes.Alert(1, 90), 1_000_000).SelectMany(r => r)])),
        new("8,000 levels of ASN.1", "certificate", file => Answered(file, 20, Chain(1, Deep(8000)))),
        new("100 certificates of 20,000 names", "h19999.example|SAN", file => Answered(file, 100, Chain(1, Names(20_000)))),
        new("RSA keys of 100,000 bits", "RSA", file => Answered(file, 20, Chain(2, BigKey(100_000, 17)))),
        new("RSA exponents of 16,000 bits", "RSA", file => Answered(file, 20, Chain(2, BigKey(16_384, 16_000)))),
        new("DH groups of 500,000 bits", "DH", DiffieHellman),
        new("certificates of 16 MB in zlib", "ompress", file => Compressed(file, 1, Zlib)),
        new("certificates of 16 MB in Brotli", "ompress", file => Compressed(file, 2, Brotli)),
        new("1,200 HTTP/2 heads of 12,000 references", "\"http\"|http2|h2", Hpack),
    ];

    private static void Answered(AttackFile file, int count, byte[] messages)
    {
        var server = Records([.. TlsBytes.ServerHello12(), .. messages, .. TlsBytes.ServerHelloDone()]);
        for (var i = 0; i < count; i++) file.Exchange(i, Hello, server);
    }

    private static void Exchange(AttackFile file, byte[] server) => file.Exchange(1, Hello, server);

    private static void Extensions(AttackFile file)
    {
        byte[] many = [.. Enumerable.Range(0, 15_000).SelectMany(i => TlsBytes.Extension((i * 7) & 0xFFFF))];
        var hello = Records(TlsBytes.Message(1, TlsBytes.ClientHelloBody(extensions: many)));
        for (var i = 0; i < 300; i++) file.Exchange(i, hello, TlsBytes.Handshake(TlsBytes.ServerHello12()));
    }

    private static void DiffieHellman(AttackFile file)
    {
        var prime = TlsBytes.Fill(62_500, 0xFF);
        var exchange = TlsBytes.Message(12, TlsBytes.Join(TlsBytes.Vector16(prime), TlsBytes.Vector16([2]), TlsBytes.Vector16(TlsBytes.Fill(62_500, 0xFE)), TlsBytes.U16(0x0401), TlsBytes.Vector16(new byte[256])));
        var server = Records([.. TlsBytes.ServerHello12(0x009E), .. Chain(1, Plain(2048)), .. exchange, .. TlsBytes.ServerHelloDone()]);
        for (var i = 0; i < 50; i++) file.Exchange(i, Hello, server);
    }

    private static void Compressed(AttackFile file, int algorithm, Func<Stream, Stream> compressor)
    {
        using var packed = new MemoryStream();
        using (var stream = compressor(packed)) stream.Write(new byte[0xFF_FFFF]);
        var message = TlsBytes.Message(25, TlsBytes.Join(TlsBytes.U16(algorithm), TlsBytes.U24(0xFF_FFFF), TlsBytes.Vector24(packed.ToArray())));
        Answered(file, 200, message);
    }

    private static Stream Zlib(Stream into) => new ZLibStream(into, CompressionLevel.SmallestSize, leaveOpen: true);

    private static Stream Brotli(Stream into) => new BrotliStream(into, CompressionLevel.Optimal, leaveOpen: true);

    /// <summary>RFC 7541: an entry of 4,000 bytes, and then nothing but references to it.</summary>
    private static void Hpack(AttackFile file)
    {
        byte[] block = [0x40, 1, (byte)'a', 0x7F, 0xE1, 0x1E, .. new byte[4000], .. TlsBytes.Fill(12_000, 0xBE)];
        byte[] client = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
        byte[] heads = [.. Enumerable.Range(0, 60).SelectMany(i => (byte[])[.. TlsBytes.U24(block.Length), 1, 4, .. TlsBytes.U32((uint)((2 * i) + 1)), .. block])];
        for (var i = 0; i < 20; i++) file.Exchange(i, [.. client, .. heads], [], 80);
    }

    private static byte[] Chain(int count, byte[] certificate) =>
        TlsBytes.Message(11, TlsBytes.Vector24(TlsBytes.Join([.. Enumerable.Repeat(TlsBytes.Vector24(certificate), count)])));

    private static byte[] Plain(int bits) => Request(RSA.Create(bits)).CreateSelfSigned(Since, Until).RawData;

    private static byte[] Names(int count)
    {
        var request = Request(RSA.Create(2048));
        var names = new SubjectAlternativeNameBuilder();
        for (var i = 0; i < count; i++) names.AddDnsName($"h{i}.example");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(Since, Until).RawData;
    }

    private static byte[] Deep(int levels)
    {
        byte[] deep = [];
        for (var i = 0; i < levels; i++) deep = [0x30, 0x83, .. TlsBytes.U24(deep.Length), .. deep];
        var request = Request(RSA.Create(2048));
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", deep, critical: false));
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", deep, critical: false));
        return request.CreateSelfSigned(Since, Until).RawData;
    }

    /// <summary>A certificate whose key no one could make; its own signature says nothing.</summary>
    private static byte[] BigKey(int bits, int exponentBits)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger((BigInteger.One << (bits - 1)) | 1);
            writer.WriteInteger((BigInteger.One << (exponentBits - 1)) | 1);
        }

        var key = new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(writer.Encode()));
        var request = new CertificateRequest(new X500DistinguishedName("CN=big.example"), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signer = RSA.Create(2048);
        var issuer = Request(signer).CreateSelfSigned(Since, Until).SubjectName;
        return request.Create(issuer, X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pkcs1), Since, Until, [1]).RawData;
    }

    private static CertificateRequest Request(RSA key) => new("CN=one.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static byte[] Message(byte type, int claimed) => [type, .. TlsBytes.U24(claimed)];

    /// <summary>Messages in as many records as they take.</summary>
    private static byte[] Records(byte[] messages) => [.. messages.Chunk(16_384).SelectMany(part => TlsBytes.Record(22, part))];

    private static readonly byte[] Hello = TlsBytes.Handshake(TlsBytes.ClientHello12());
    private static readonly DateTimeOffset Since = DateTimeOffset.FromUnixTimeSeconds(1_690_000_000);
    private static readonly DateTimeOffset Until = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
}
