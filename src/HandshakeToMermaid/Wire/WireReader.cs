using System.Buffers.Binary;

namespace HandshakeToMermaid.Wire;

/// <summary>
/// A cursor over bytes that were received whole, in network byte order. Its first fault sticks: from then on it
/// yields zeros and empty spans and <see cref="HasMore"/> is false, so a decoder reads straight through without a
/// check per field, its loops end, and the fields read before the fault stay usable.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private int end;

    /// <summary>Starts at the first byte of <paramref name="bytes"/>.</summary>
    public WireReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        end = bytes.Length;
    }

    /// <summary>Where the cursor stands, in bytes from the start.</summary>
    public int Offset { get; private set; }

    /// <summary>The first fault, if any.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>Bytes left before the end of the innermost box; 0 after a fault.</summary>
    public readonly int Remaining => Fault.IsFault ? 0 : end - Offset;

    /// <summary>True while bytes are left in the innermost box and nothing was wrong.</summary>
    public readonly bool HasMore => Remaining > 0;

    /// <summary>Reads one byte.</summary>
    public byte U8(string field) => Has(1, field) ? bytes[Offset++] : (byte)0;

    /// <summary>Reads a 16-bit number.</summary>
    public ushort U16(string field) => Has(2, field) ? BinaryPrimitives.ReadUInt16BigEndian(Step(2)) : (ushort)0;

    /// <summary>Reads a 24-bit number.</summary>
    public int U24(string field)
    {
        if (!Has(3, field)) return 0;
        var b = Step(3);
        return (b[0] << 16) | (b[1] << 8) | b[2];
    }

    /// <summary>Reads a 32-bit number.</summary>
    public uint U32(string field) => Has(4, field) ? BinaryPrimitives.ReadUInt32BigEndian(Step(4)) : 0;

    /// <summary>Reads a 64-bit number.</summary>
    public ulong U64(string field) => Has(8, field) ? BinaryPrimitives.ReadUInt64BigEndian(Step(8)) : 0;

    /// <summary>Takes <paramref name="count"/> bytes as they are.</summary>
    public ReadOnlySpan<byte> Take(int count, string field) => Has(count, field) ? Step(count) : default;

    /// <summary>Takes what is left in the innermost box.</summary>
    public ReadOnlySpan<byte> Rest() => Step(Remaining);

    /// <summary>Takes an opaque vector with an 8-bit length, <c>opaque field&lt;0..2^8-1&gt;</c>.</summary>
    public ReadOnlySpan<byte> Vector8(string field) => Take(U8(field), field);

    /// <summary>Takes an opaque vector with a 16-bit length.</summary>
    public ReadOnlySpan<byte> Vector16(string field) => Take(U16(field), field);

    /// <summary>Takes an opaque vector with a 24-bit length.</summary>
    public ReadOnlySpan<byte> Vector24(string field) => Take(U24(field), field);

    /// <summary>Enters a vector with an 8-bit length; until <see cref="Leave"/> the cursor cannot pass its end.</summary>
    public BoundedScope Enter8(string field) => Enter(U8(field), field);

    /// <summary>Enters a vector with a 16-bit length.</summary>
    public BoundedScope Enter16(string field) => Enter(U16(field), field);

    /// <summary>Enters a vector with a 24-bit length.</summary>
    public BoundedScope Enter24(string field) => Enter(U24(field), field);

    /// <summary>Enters the next <paramref name="length"/> bytes.</summary>
    public BoundedScope Enter(int length, string field)
    {
        var box = new BoundedScope(end, field);
        if (Has(length, field)) end = Offset + length;
        return box;
    }

    /// <summary>Leaves a box; bytes left over in it are a fault.</summary>
    public void Leave(BoundedScope box)
    {
        if (HasMore) Fail(FaultKind.Trailing, box.Field);
        if (!Fault.IsFault) Offset = end;
        end = box.OuterEnd;
    }

    /// <summary>Says that the message should end here; bytes left over are a fault.</summary>
    public void End(string message)
    {
        if (HasMore) Fail(FaultKind.Trailing, message);
    }

    /// <summary>Records a fault found by the decoder itself; later faults are ignored.</summary>
    public void Fail(FaultKind kind, string field)
    {
        if (!Fault.IsFault) Fault = new WireFault(kind, Offset, field);
    }

    private bool Has(int count, string field)
    {
        if (!Fault.IsFault && count >= 0 && count <= end - Offset) return true;
        Fail(FaultKind.Short, field);
        return false;
    }

    private ReadOnlySpan<byte> Step(int count)
    {
        var taken = bytes.Slice(Offset, count);
        Offset += count;
        return taken;
    }
}
