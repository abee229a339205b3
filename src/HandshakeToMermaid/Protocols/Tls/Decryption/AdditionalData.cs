using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>What a record's MAC or AEAD covers beside its content.</summary>
internal static class AdditionalData
{
    /// <summary>Bytes of <see cref="WriteTls12"/>.</summary>
    public const int Tls12Length = 13;

    /// <summary>Bytes of <see cref="WriteTls13"/>.</summary>
    public const int Tls13Length = 5;

    /// <summary>TLS 1.2 and below, RFC 5246 section 6.2.3.3: seq_num + type + version + length. DTLS puts its epoch into the number's upper 16 bits.</summary>
    public static void WriteTls12(ulong sequence, byte contentType, ushort version, int length, Span<byte> data)
    {
        BinaryPrimitives.WriteUInt64BigEndian(data, sequence);
        data[8] = contentType;
        BinaryPrimitives.WriteUInt16BigEndian(data[9..], version);
        BinaryPrimitives.WriteUInt16BigEndian(data[11..], (ushort)length);
    }

    /// <summary>TLS 1.3, RFC 8446 section 5.2: the record's own header.</summary>
    public static void WriteTls13(byte contentType, ushort version, int length, Span<byte> data)
    {
        data[0] = contentType;
        BinaryPrimitives.WriteUInt16BigEndian(data[1..], version);
        BinaryPrimitives.WriteUInt16BigEndian(data[3..], (ushort)length);
    }
}
