// RFC 9204 section 4.5:
//   Encoded Field Section { Required Insert Count (8+), Sign (1), Delta Base (7+), Field Line ... }
//   1T: indexed; 01NT: literal with a name's index; 001N: literal; 0001: indexed behind the base; 0000N: literal with a name's index behind the base.
using System.Text;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Decodes the field sections of one direction of HTTP/3.</summary>
/// <param name="table">What that direction's encoder stream has brought so far.</param>
/// <param name="keeps">Selects the names whose values are stored; null for all.</param>
internal sealed class QpackDecoder(QpackTable table, Predicate<string>? keeps = null)
{
    private byte[]? scratch;

    /// <summary>Decodes a whole field section.</summary>
    /// <param name="section">Its bytes.</param>
    /// <param name="maxCapacity">The receiver's SETTINGS_QPACK_MAX_TABLE_CAPACITY; null where its SETTINGS were not seen.</param>
    /// <param name="fields">Receives the fields.</param>
    public QpackVerdict Decode(ReadOnlySpan<byte> section, int? maxCapacity, List<HpackField> fields)
    {
        if (!FieldPrimitives.TryInteger(ref section, 8, out var encoded) || section.IsEmpty) return QpackVerdict.Broken;
        var isBehind = (section[0] & 0x80) != 0;
        if (!FieldPrimitives.TryInteger(ref section, 7, out var delta) || !TryRequired(encoded, maxCapacity, out var required)) return QpackVerdict.Broken;
        var @base = isBehind ? required - delta - 1 : required + delta;
        if (@base < 0) return QpackVerdict.Broken;
        if (required > table.InsertCount) return QpackVerdict.Blocked;
        while (section.Length > 0)
        {
            if (fields.Count == MaxFields || !TryField(ref section, @base, out var field)) return QpackVerdict.Broken;
            fields.Add(field);
        }

        return QpackVerdict.Decoded;
    }

    /// <summary>
    /// The Required Insert Count (RFC 9204 section 4.5.1.1), which is sent modulo twice the entries that the table could hold. Where the receiver's
    /// limit is not known, it is at least the capacity in use: as long as fewer entries were inserted, the number stands for itself.
    /// </summary>
    private bool TryRequired(int encoded, int? maxCapacity, out int required)
    {
        required = 0;
        if (encoded == 0) return true;
        var maxEntries = (maxCapacity ?? table.Capacity) / 32;
        var range = 2 * maxEntries;
        if (maxCapacity is null)
        {
            required = encoded - 1;
            return required > 0 && table.InsertCount <= range;
        }

        if (encoded > range) return false;
        var max = table.InsertCount + maxEntries;
        required = (max / range * range) + encoded - 1;
        if (required > max)
        {
            if (required <= range) return false;
            required -= range;
        }

        return required > 0;
    }

    private bool TryField(ref ReadOnlySpan<byte> section, int @base, out HpackField field)
    {
        field = default;
        var first = section[0];
        if ((first & 0x80) != 0)
        {
            return FieldPrimitives.TryInteger(ref section, 6, out var index) && ((first & 0x40) != 0 ? TryStatic(index, out field) : TryDynamic(@base - 1 - index, out field));
        }

        if ((first & 0x40) != 0)
        {
            return FieldPrimitives.TryInteger(ref section, 4, out var index)
                && ((first & 0x10) != 0 ? TryStatic(index, out var named) : TryDynamic(@base - 1 - index, out named)) && TryValue(ref section, named.Name, out field);
        }

        if ((first & 0x20) != 0)
        {
            scratch ??= new byte[FieldPrimitives.MaxString];
            return FieldPrimitives.TryString(ref section, 3, scratch, out var name) && TryValue(ref section, Encoding.Latin1.GetString(name), out field);
        }

        if ((first & 0x10) != 0) return FieldPrimitives.TryInteger(ref section, 4, out var index) && TryDynamic((long)@base + index, out field);
        return FieldPrimitives.TryInteger(ref section, 3, out var behind) && TryDynamic((long)@base + behind, out var known) && TryValue(ref section, known.Name, out field);
    }

    private bool TryValue(ref ReadOnlySpan<byte> section, string name, out HpackField field)
    {
        field = default;
        scratch ??= new byte[FieldPrimitives.MaxString];
        if (!FieldPrimitives.TryString(ref section, 7, scratch, out var value)) return false;
        field = new HpackField(name, keeps is null || keeps(name) ? Encoding.Latin1.GetString(value) : null);
        return true;
    }

    private bool TryStatic(int index, out HpackField field)
    {
        field = default;
        if (index >= QpackStaticTable.Count) return false;
        field = QpackStaticTable.At(index);
        if (keeps is not null && !keeps(field.Name)) field = field with { Value = null };
        return true;
    }

    private bool TryDynamic(long absolute, out HpackField field)
    {
        field = default;
        return absolute is >= 0 and < int.MaxValue && table.TryLookUp((int)absolute, out field);
    }

    private const int MaxFields = 1024;
}
