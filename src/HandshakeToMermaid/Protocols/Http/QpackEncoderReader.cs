using System.Text;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Reads the encoder stream of one direction (RFC 9204 section 4.3) into its table.</summary>
/// <param name="table">The table.</param>
/// <param name="keeps">Selects the names whose values are stored; null for all.</param>
internal sealed class QpackEncoderReader(QpackTable table, Predicate<string>? keeps = null)
{
    private byte[] pending = [];
    private byte[]? scratch;

    /// <summary>True once an instruction was invalid or beyond the caps: the table is of no more use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (IsBroken || bytes.IsEmpty) return;
        pending = [.. pending, .. bytes];
        ReadOnlySpan<byte> rest = pending;
        while (rest.Length > 0)
        {
            var next = rest;
            if (!TryInstruction(ref next)) break;
            rest = next;
        }

        // What is not there as a whole waits for more, and is invalid once it is longer than any instruction may be.
        IsBroken |= rest.Length > MaxInstruction;
        pending = IsBroken ? [] : rest.ToArray();
    }

    /// <summary>Reads an instruction; false where it is not there as a whole, or is invalid, which <see cref="IsBroken"/> then says.</summary>
    private bool TryInstruction(ref ReadOnlySpan<byte> rest)
    {
        var first = rest[0];
        if ((first & 0x80) != 0)
        {
            if (!FieldPrimitives.TryInteger(ref rest, 6, out var index)) return false;
            var isStatic = (first & 0x40) != 0;
            HpackField named = default;
            if (isStatic && index < QpackStaticTable.Count) named = QpackStaticTable.At(index);
            else if (isStatic || !table.TryLookUp(table.InsertCount - 1 - index, out named)) return Broken();
            return TryValue(ref rest, named.Name);
        }

        if ((first & 0x40) != 0) return FieldPrimitives.TryString(ref rest, 5, Scratch, out var name) && TryValue(ref rest, Encoding.Latin1.GetString(name));
        if (!FieldPrimitives.TryInteger(ref rest, 5, out var value)) return false;
        return ((first & 0x20) != 0 ? table.TrySetCapacity(value) : table.TryDuplicate(value)) || Broken();
    }

    private bool TryValue(ref ReadOnlySpan<byte> rest, string name)
    {
        if (!FieldPrimitives.TryString(ref rest, 7, Scratch, out var value)) return false;
        var field = new HpackField(name, keeps is null || keeps(name) ? Encoding.Latin1.GetString(value) : null);
        return table.TryInsert(field, name.Length + value.Length) || Broken();
    }

    private byte[] Scratch => scratch ??= new byte[FieldPrimitives.MaxString];

    private bool Broken()
    {
        IsBroken = true;
        return false;
    }

    private const int MaxInstruction = (2 * FieldPrimitives.MaxString) + 16;
}
