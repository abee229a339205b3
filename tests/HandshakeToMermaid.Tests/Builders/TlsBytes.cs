using System.Buffers.Binary;
using System.Text;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Writes TLS as bytes: vectors, extensions, hellos, messages and records, valid unless told otherwise.</summary>
internal static class TlsBytes
{
    public static byte[] U8(int value) => [(byte)value];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    public static byte[] Vector8(params byte[][] parts) => Join([U8(parts.Sum(p => p.Length)), .. parts]);

    public static byte[] Vector16(params byte[][] parts) => Join([U16(parts.Sum(p => p.Length)), .. parts]);

    public static byte[] Vector24(params byte[][] parts) => Join([U24(parts.Sum(p => p.Length)), .. parts]);

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Fill(int count, byte value = 0x5A)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    public static byte[] Extension(int type, params byte[][] data) => Join(U16(type), Vector16(data));

    public static byte[] ServerName(string name) => Extension(0, Vector16(U8(0), Vector16(Text(name))));

    public static byte[] Alpn(params string[] names) => Extension(16, Vector16([.. names.Select(n => Vector8(Text(n)))]));

    public static byte[] Groups(params int[] groups) => Extension(10, Vector16([.. groups.Select(U16)]));

    public static byte[] SignatureAlgorithms(params int[] schemes) => Extension(13, Vector16([.. schemes.Select(U16)]));

    public static byte[] SupportedVersions(params int[] versions) => Extension(43, Vector8([.. versions.Select(U16)]));

    public static byte[] SelectedVersion(int version) => Extension(43, U16(version));

    public static byte[] KeyShares(params int[] groups) => Extension(51, Vector16([.. groups.Select(g => Join(U16(g), Vector16(Fill(32))))]));

    public static byte[] KeyShare(int group) => Extension(51, U16(group), Vector16(Fill(32)));

    public static byte[] PreSharedKey() => Extension(41, Vector16(Vector16(Fill(20)), U32(7)), Vector16(Vector8(Fill(32))));

    /// <summary>The body of a ClientHello.</summary>
    public static byte[] ClientHelloBody(int version = 0x0303, int[]? suites = null, byte[]? session = null, params byte[][] extensions) => Join(
        U16(version),
        Fill(32, 0xC1),
        Vector8(session ?? []),
        Vector16([.. (suites ?? [0x1301, 0xC02F, 0x002F]).Select(U16)]),
        Vector8(U8(0)),
        extensions.Length == 0 ? [] : Vector16(extensions));

    /// <summary>A ClientHello as browsers of TLS 1.3 send it.</summary>
    public static byte[] ClientHello13(string name = "one.example", params byte[][] more) => Message(1, ClientHelloBody(
        0x0303, null, Fill(32, 0x11),
        [ServerName(name), Alpn("h2", "http/1.1"), Groups(0x001D, 0x0017), SignatureAlgorithms(0x0403, 0x0804), SupportedVersions(0x0304, 0x0303), KeyShares(0x001D), .. more]));

    /// <summary>A ClientHello that offers TLS 1.2.</summary>
    public static byte[] ClientHello12(byte[]? session = null, params byte[][] more) => Message(1, ClientHelloBody(
        0x0303, [0xC02F, 0x002F], session, [ServerName("one.example"), Groups(0x001D), SignatureAlgorithms(0x0401), .. more]));

    /// <summary>The body of a ServerHello.</summary>
    public static byte[] ServerHelloBody(int suite, int version = 0x0303, byte[]? session = null, byte[]? random = null, params byte[][] extensions) => Join(
        U16(version), random ?? Fill(32, 0x51), Vector8(session ?? []), U16(suite), U8(0), extensions.Length == 0 ? [] : Vector16(extensions));

    public static byte[] ServerHello13(int suite = 0x1301, params byte[][] more) =>
        Message(2, ServerHelloBody(suite, 0x0303, Fill(32, 0x11), null, [SelectedVersion(0x0304), KeyShare(0x001D), .. more]));

    public static byte[] ServerHello12(int suite = 0xC02F, byte[]? session = null) =>
        Message(2, ServerHelloBody(suite, 0x0303, session, null, Extension(0xFF01, U8(0))));

    public static byte[] HelloRetryRequest(int group = 0x0017) => Message(2, ServerHelloBody(
        0x1301, 0x0303, Fill(32, 0x11), HandshakeToMermaid.Protocols.Tls.Codec.Messages.ServerHello.RetryRandom.ToArray(), SelectedVersion(0x0304), Extension(51, U16(group))));

    public static byte[] Certificate12(params int[] lengths) => Message(11, Vector24([.. lengths.Select(l => Vector24(Fill(l, 0x30)))]));

    public static byte[] ServerKeyExchange12() => Message(12, Join(U8(3), U16(0x001D), Vector8(Fill(32)), U16(0x0401), Vector16(Fill(256))));

    public static byte[] CertificateRequest12() => Message(13, Join(Vector8(U8(1), U8(64)), Vector16(U16(0x0401)), Vector16(Vector16(Fill(12, 0x30)))));

    public static byte[] ServerHelloDone() => Message(14, []);

    public static byte[] ClientKeyExchange12() => Message(16, Vector8(Fill(32)));

    public static byte[] Message(int type, byte[] body) => Join(U8(type), Vector24(body));

    public static byte[] Record(int type, byte[] fragment, int version = 0x0303) => Join(U8(type), U16(version), Vector16(fragment));

    public static byte[] Handshake(params byte[][] messages) => Record(22, Join(messages));

    public static byte[] Alert(int level, int description) => Record(21, [(byte)level, (byte)description]);

    public static byte[] ChangeCipherSpec() => Record(20, [1]);

    /// <summary>An encrypted record of TLS 1.3, or application data up to TLS 1.2.</summary>
    public static byte[] Encrypted(int length) => Record(23, Fill(length, 0xEE));

    /// <summary>An encrypted handshake record up to TLS 1.2.</summary>
    public static byte[] SealedFinished() => Record(22, Fill(40, 0xEE));
}
