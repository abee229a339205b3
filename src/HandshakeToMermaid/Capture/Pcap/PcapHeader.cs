using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Pcap;

/// <summary>
/// The header of a pcap file (draft-ietf-opsawg-pcap section 4), in the byte order of the machine that wrote it:
/// <code>
/// uint32 magic; uint16 major; uint16 minor; int32 reserved[2]; uint32 snap_len; uint32 link_type;
/// </code>
/// The snap length is not read: writers lie. Of the link type the upper half (length of a frame check sequence) is masked.
/// </summary>
/// <param name="Order">How its numbers are stored.</param>
/// <param name="FractionNanoseconds">What one unit of a time stamp's fraction is: 1000 or 1.</param>
/// <param name="RecordHeader">Bytes before each frame: 16, or 24 in the patched format of 1999.</param>
/// <param name="Major">2 everywhere.</param>
/// <param name="Minor">4 everywhere; up to 3 the two lengths of a record may be swapped.</param>
/// <param name="Link">The link type of all frames.</param>
internal readonly record struct PcapHeader(ByteOrder Order, int FractionNanoseconds, int RecordHeader, ushort Major, ushort Minor, LinkType Link)
{
    public const int Length = 24;

    /// <summary>Whether four bytes begin a pcap file that is read here.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => TryRecognise(MemoryMarshal.Read<uint>(bytes), out _, out _, out _);

    /// <summary>Whether four bytes begin a relative of pcap that is not read here.</summary>
    public static bool BeginsRelative(ReadOnlySpan<byte> bytes)
    {
        var magic = MemoryMarshal.Read<uint>(bytes);
        return Relatives.AsSpan().Contains(magic) || Relatives.AsSpan().Contains(BinaryPrimitives.ReverseEndianness(magic));
    }

    /// <summary>Reads <see cref="Length"/> bytes that begin like a pcap file.</summary>
    public static PcapHeader Read(ReadOnlySpan<byte> bytes)
    {
        TryRecognise(MemoryMarshal.Read<uint>(bytes), out var order, out var fraction, out var recordHeader);
        return new PcapHeader(order, fraction, recordHeader, order.U16(bytes[4..]), order.U16(bytes[6..]), new LinkType((ushort)order.U32(bytes[20..])));
    }

    private static bool TryRecognise(uint magic, out ByteOrder order, out int fraction, out int recordHeader)
    {
        (var known, order, fraction, recordHeader) = magic switch
        {
            Microseconds => (true, new ByteOrder(false), 1000, 16),
            Nanoseconds => (true, new ByteOrder(false), 1, 16),
            Patched => (true, new ByteOrder(false), 1000, 24),
            MicrosecondsSwapped => (true, new ByteOrder(true), 1000, 16),
            NanosecondsSwapped => (true, new ByteOrder(true), 1, 16),
            PatchedSwapped => (true, new ByteOrder(true), 1000, 24),
            _ => default,
        };
        return known;
    }

    private const uint Microseconds = 0xA1B2C3D4;
    private const uint MicrosecondsSwapped = 0xD4C3B2A1;
    private const uint Nanoseconds = 0xA1B23C4D;
    private const uint NanosecondsSwapped = 0x4D3CB2A1;

    // Alexey Kuznetsov's libpcap: an interface index, a protocol and a packet type follow the usual record header.
    private const uint Patched = 0xA1B2CD34;
    private const uint PatchedSwapped = 0x34CDB2A1;

    // Fulvio Mesquita's libpcap, Navtel's, and the two kinds that IXIA's analysers export.
    private static readonly uint[] Relatives = [0xA1B234CD, 0xA12B3C4D, 0x1C0001AC, 0x1C0001AB];
}
