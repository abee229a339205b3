using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>
/// Recognises the first record of SSL 2.0. It has no content type, so every length in it must agree with the others
/// before it is believed (RFC 5246 appendix E.2; The SSL Protocol version 2.0).
/// </summary>
internal static class Ssl2Hello
{
    /// <summary>Judges a CLIENT-HELLO, which is also how clients up to TLS 1.2 may begin.</summary>
    public static ProbeVerdict ProbeClient(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && (bytes[0] & 0x80) == 0) return ProbeVerdict.NotForUs;
        if (bytes.Length > 2 && bytes[2] != 1) return ProbeVerdict.NotForUs;
        if (bytes.Length > 3 && bytes[3] is not (0 or 3)) return ProbeVerdict.NotForUs;
        if (bytes.Length > 4 && !(bytes[3] == 0 ? bytes[4] == 2 : bytes[4] <= 4)) return ProbeVerdict.NotForUs;
        if (bytes.Length < 11) return ProbeVerdict.Unsure;
        var length = ((bytes[0] & 0x7F) << 8) | bytes[1];
        int specs = BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]), session = BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]);
        int challenge = BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]);
        return specs > 0 && specs % 3 == 0 && session is 0 or 16 or 32 && challenge is >= 16 and <= 32 && length == 9 + specs + session + challenge
            ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <summary>Judges a SERVER-HELLO.</summary>
    public static ProbeVerdict ProbeServer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && (bytes[0] & 0x80) == 0) return ProbeVerdict.NotForUs;
        if (bytes.Length > 2 && bytes[2] != 4) return ProbeVerdict.NotForUs;
        if (bytes.Length > 3 && bytes[3] > 1) return ProbeVerdict.NotForUs;
        if (bytes.Length > 4 && bytes[4] > 1) return ProbeVerdict.NotForUs;
        if (bytes.Length < 13) return ProbeVerdict.Unsure;
        var length = ((bytes[0] & 0x7F) << 8) | bytes[1];
        int certificate = BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]), specs = BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]);
        int id = BinaryPrimitives.ReadUInt16BigEndian(bytes[11..]);
        return bytes[5] == 0 && bytes[6] == 2 && specs % 3 == 0 && id is >= 16 and <= 32 && length == 11 + certificate + specs + id
            ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }
}
