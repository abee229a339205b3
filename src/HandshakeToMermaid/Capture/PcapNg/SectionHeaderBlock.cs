using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Section Header Block (draft-ietf-opsawg-pcapng section 4.1), which sets the byte order of all blocks up to the next one:
/// <code>
/// uint32 type = 0x0A0D0D0A; uint32 total_len; uint32 byte_order_magic = 0x1A2B3C4D; uint16 major; uint16 minor; int64 section_len; options
/// </code>
/// The section's length is not read (the blocks imply it), nor are the options: hardware, system, program, comments.
/// </summary>
/// <param name="Order">How the section's numbers are stored.</param>
/// <param name="TotalLength">Of this block.</param>
/// <param name="Major">1.</param>
/// <param name="Minor">0; 2 was written by some and means the same.</param>
internal readonly record struct SectionHeaderBlock(ByteOrder Order, uint TotalLength, ushort Major, ushort Minor)
{
    /// <summary>Bytes up to the options.</summary>
    public const int FixedLength = 24;

    public const int MinimumLength = FixedLength + 4;

    /// <summary>Whether four bytes begin a pcapng file.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<uint>(bytes) == (uint)BlockType.SectionHeader;

    /// <summary>Reads <see cref="FixedLength"/> bytes; false where the byte-order magic is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SectionHeaderBlock block)
    {
        var magic = MemoryMarshal.Read<uint>(bytes[8..]);
        var order = new ByteOrder(magic == ByteOrderMagicSwapped);
        block = new SectionHeaderBlock(order, order.U32(bytes[4..]), order.U16(bytes[12..]), order.U16(bytes[14..]));
        return magic is ByteOrderMagic or ByteOrderMagicSwapped;
    }

    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint ByteOrderMagicSwapped = 0x4D3C2B1A;
}
