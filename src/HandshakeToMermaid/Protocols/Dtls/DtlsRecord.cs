// RFC 6347 section 4.1:
//   struct { ContentType type; ProtocolVersion version; uint16 epoch; uint48 sequence_number; uint16 length; opaque fragment[length]; } DTLSPlaintext;
// RFC 9146 section 4 puts a connection id before the length, under type tls12_cid (25).
// RFC 9147 section 4, the unified header of encrypted records: 0 0 1 C S L E E, [connection id if C], 8 or 16 (S) bits of the encrypted number, [length if L].
using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>One record of a datagram, valid during the call that delivers it.</summary>
internal readonly ref struct DtlsRecord
{
    /// <summary>The content type; application_data for a unified header, which does not say.</summary>
    public byte Type { get; private init; }

    /// <summary>The version in the header; DTLS 1.2 for a unified header.</summary>
    public ushort Version { get; private init; }

    /// <summary>The epoch; its lowest two bits for a unified header.</summary>
    public int Epoch { get; private init; }

    /// <summary>The sequence number, 48 bits; 0 for a unified header, where it is encrypted.</summary>
    public ulong Sequence { get; private init; }

    /// <summary>True for the header of DTLS 1.3's encrypted records.</summary>
    public bool IsUnified { get; private init; }

    /// <summary>The whole header.</summary>
    public ReadOnlySpan<byte> Header { get; private init; }

    /// <summary>Of a unified header, where the encrypted number stands.</summary>
    public int NumberOffset { get; private init; }

    /// <summary>Of a unified header, how many bytes the encrypted number has.</summary>
    public int NumberLength { get; private init; }

    /// <summary>The fragment as far as it was captured.</summary>
    public ReadOnlySpan<byte> Fragment { get; private init; }

    /// <summary>Bytes of the fragment on the wire.</summary>
    public int Length { get; private init; }

    /// <summary>True where the capture lacks its end.</summary>
    public bool IsCut => Fragment.Length < Length;

    /// <summary>True where the bytes, a datagram's first, may be a record with a full header.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FullHeader && bytes[0] is >= FirstType and <= LastType
        && (bytes[1] == 0xFE ? bytes[2] is 0xFF or 0xFD or 0xFC : bytes[1] == 1 && bytes[2] == 0);

    /// <summary>Reads the next record of a datagram and moves behind it; false where nothing of DTLS is left.</summary>
    /// <param name="datagram">What is left of the datagram.</param>
    /// <param name="wireLength">How long that was on the wire.</param>
    /// <param name="connectionIdLength">Bytes of the connection id that was agreed on for this direction; 0 where none was.</param>
    /// <param name="record">The record.</param>
    public static bool TryRead(ref ReadOnlySpan<byte> datagram, ref int wireLength, int connectionIdLength, out DtlsRecord record)
    {
        record = default;
        if (datagram.IsEmpty) return false;
        return (datagram[0] & 0xE0) == 0x20 ? TryUnified(ref datagram, ref wireLength, connectionIdLength, out record) : TryFull(ref datagram, ref wireLength, connectionIdLength, out record);
    }

    private static bool TryFull(ref ReadOnlySpan<byte> datagram, ref int wireLength, int connectionIdLength, out DtlsRecord record)
    {
        record = default;
        if (!CanBegin(datagram)) return false;
        var header = FullHeader + (datagram[0] == WithConnectionId ? connectionIdLength : 0);
        if (datagram.Length < header) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(header - 2)..]);
        if (header + length > wireLength) return false;
        var numbers = BinaryPrimitives.ReadUInt64BigEndian(datagram[3..]);
        record = new DtlsRecord
        {
            Type = datagram[0], Version = BinaryPrimitives.ReadUInt16BigEndian(datagram[1..]), Epoch = (int)(numbers >> 48), Sequence = numbers & SequenceMask,
            Header = datagram[..header], Fragment = datagram.Slice(header, Math.Min(length, datagram.Length - header)), Length = length,
        };
        Advance(ref datagram, ref wireLength, header + length);
        return true;
    }

    private static bool TryUnified(ref ReadOnlySpan<byte> datagram, ref int wireLength, int connectionIdLength, out DtlsRecord record)
    {
        record = default;
        var flags = datagram[0];
        var numberOffset = 1 + ((flags & 0x10) != 0 ? connectionIdLength : 0);
        var numberLength = (flags & 0x08) != 0 ? 2 : 1;
        var hasLength = (flags & 0x04) != 0;
        var header = numberOffset + numberLength + (hasLength ? 2 : 0);
        if (datagram.Length < header) return false;
        var length = hasLength ? BinaryPrimitives.ReadUInt16BigEndian(datagram[(header - 2)..]) : wireLength - header;
        if (header + length > wireLength || length < ShortestEncrypted) return false;
        record = new DtlsRecord
        {
            Type = ApplicationData, Version = 0xFEFD, Epoch = flags & 3, IsUnified = true, NumberOffset = numberOffset, NumberLength = numberLength,
            Header = datagram[..header], Fragment = datagram.Slice(header, Math.Min(length, datagram.Length - header)), Length = length,
        };
        Advance(ref datagram, ref wireLength, header + length);
        return true;
    }

    private static void Advance(ref ReadOnlySpan<byte> datagram, ref int wireLength, int count)
    {
        datagram = datagram[Math.Min(count, datagram.Length)..];
        wireLength -= count;
    }

    public const int FullHeader = 13;
    public const byte ChangeCipherSpec = 20;
    public const byte Alert = 21;
    public const byte Handshake = 22;
    public const byte ApplicationData = 23;
    public const byte WithConnectionId = 25;
    public const byte Ack = 26;
    private const byte FirstType = 20;
    private const byte LastType = 26;
    private const ulong SequenceMask = 0xFFFF_FFFF_FFFF;

    /// <summary>One byte of content type and a tag of at least eight; a number is hidden by 16 bytes.</summary>
    private const int ShortestEncrypted = 9;
}
