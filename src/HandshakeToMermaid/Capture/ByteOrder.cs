using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture;

/// <summary>Loads numbers as the machine that wrote a capture stored them. The forms that take a ref check no bounds: the caller has.</summary>
/// <param name="Swapped">True where that machine's byte order is not that of this one.</param>
internal readonly record struct ByteOrder(bool Swapped)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort U16(ref byte at, int offset)
    {
        var value = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref at, offset));
        return Swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint U32(ref byte at, int offset)
    {
        var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, offset));
        return Swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public ushort U16(ReadOnlySpan<byte> bytes)
    {
        var value = MemoryMarshal.Read<ushort>(bytes);
        return Swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public uint U32(ReadOnlySpan<byte> bytes)
    {
        var value = MemoryMarshal.Read<uint>(bytes);
        return Swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public long I64(ReadOnlySpan<byte> bytes)
    {
        var value = MemoryMarshal.Read<long>(bytes);
        return Swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
