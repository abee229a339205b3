using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Packets;

/// <summary>
/// Plain unaligned loads in network byte order for the headers that every packet has. The caller has checked the
/// length once for the whole header; a check per field costs a third of the per-packet path.
/// </summary>
internal static class NetworkOrder
{
    /// <summary>
    /// Where a header begins. The indexer, unlike <c>MemoryMarshal.GetReference</c>, is inlined into code that is compiled
    /// ahead of time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref byte At(ReadOnlySpan<byte> bytes, int offset) => ref Unsafe.AsRef(in bytes[offset]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte U8(ref byte header, int offset) => Unsafe.Add(ref header, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ushort U16(ref byte header, int offset)
    {
        var value = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref header, offset));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint U32(ref byte header, int offset)
    {
        var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref header, offset));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong U64(ref byte header, int offset)
    {
        var value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref header, offset));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
