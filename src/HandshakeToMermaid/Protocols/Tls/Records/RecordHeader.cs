// RFC 8446 section 5.1: struct { ContentType type; ProtocolVersion legacy_record_version; uint16 length; opaque fragment[length]; } TLSPlaintext;
// SSL 2.0: two bytes (highest bit set, 15 bits of length) or three (an escape bit, 14 bits of length, padding).
using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>The header of a record.</summary>
/// <param name="Type">What it carries; the default value for SSL 2.0.</param>
/// <param name="Version">The version in it.</param>
/// <param name="HeaderLength">Bytes of the header.</param>
/// <param name="Length">Bytes of the fragment.</param>
/// <param name="IsSsl2">True for the form of SSL 2.0.</param>
internal readonly record struct RecordHeader(ContentType Type, ProtocolVersion Version, int HeaderLength, int Length, bool IsSsl2)
{
    /// <summary>2^14 bytes and what the widest protection adds (RFC 5246 section 6.2.3): no lawful record is longer.</summary>
    public const int LongestFragment = 16384 + 2048;

    /// <summary>Bytes of a header since SSL 3.0.</summary>
    public const int TlsLength = 5;

    public int Total => HeaderLength + Length;

    /// <summary>True where the bytes, as many as there are, can begin a record of SSL 3.0 or later.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> bytes) =>
        bytes is [] or [>= 20 and <= 24] or [>= 20 and <= 24, 3]
        || (bytes.Length >= 3 && bytes[0] is >= 20 and <= 24 && bytes[1] == 3 && bytes[2] <= 4
            && (bytes.Length < TlsLength || BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) <= LongestFragment));

    /// <summary>Reads a whole header of SSL 3.0 or later; call where <see cref="CanBegin"/> and five bytes are there.</summary>
    public static RecordHeader ReadTls(ReadOnlySpan<byte> bytes) => new(
        new ContentType(bytes[0]),
        new ProtocolVersion(BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])),
        TlsLength,
        BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]),
        IsSsl2: false);

    /// <summary>Reads a header of SSL 2.0; null where its two or three bytes are not there yet.</summary>
    public static RecordHeader? ReadSsl2(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return null;
        if ((bytes[0] & 0x80) != 0) return new(default, ProtocolVersion.Ssl2, 2, ((bytes[0] & 0x7F) << 8) | bytes[1], IsSsl2: true);
        if (bytes.Length < 3) return null;
        return new(default, ProtocolVersion.Ssl2, 3, ((bytes[0] & 0x3F) << 8) | bytes[1], IsSsl2: true);
    }
}
