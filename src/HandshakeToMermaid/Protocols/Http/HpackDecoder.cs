using System.Text;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// Decodes the header blocks of one direction of HTTP/2 (RFC 7541). Names and lengths of all fields are followed, as the
/// table needs them; values are stored only for the names that the caller requests.
/// </summary>
internal sealed class HpackDecoder
{
    private readonly Predicate<string>? keeps;
    private readonly List<Entry> table = [];
    private readonly byte[] scratch = new byte[FieldPrimitives.MaxString];
    private int tableSize;
    private int tableLimit = 4096;

    /// <summary>Begins with an empty table.</summary>
    /// <param name="keeps">Selects the names whose values are stored; null for all.</param>
    public HpackDecoder(Predicate<string>? keeps = null) => this.keeps = keeps;

    /// <summary>Octets of the dynamic table as RFC 7541 section 4.1 counts them.</summary>
    public int TableSize => tableSize;

    /// <summary>Decodes a whole header block; false where it is broken or beyond the caps, after which the table is of no more use.</summary>
    public bool TryDecode(ReadOnlySpan<byte> block, List<HpackField> fields)
    {
        while (block.Length > 0)
        {
            var first = block[0];
            bool isRead;
            if ((first & 0x80) != 0) isRead = TryIndexed(ref block, fields);
            else if ((first & 0xC0) == 0x40) isRead = TryLiteral(ref block, 6, isAdded: true, fields);
            else if ((first & 0xE0) == 0x20) isRead = TryResize(ref block);
            else isRead = TryLiteral(ref block, 4, isAdded: false, fields);
            if (!isRead || fields.Count > MaxFields) return false;
        }

        return true;
    }

    private bool TryIndexed(ref ReadOnlySpan<byte> block, List<HpackField> fields)
    {
        if (!TryInteger(ref block, 7, out var index) || !TryLookUp(index, out var entry)) return false;
        fields.Add(new HpackField(entry.Name, entry.Value));
        return true;
    }

    private bool TryLiteral(ref ReadOnlySpan<byte> block, int prefix, bool isAdded, List<HpackField> fields)
    {
        if (!TryInteger(ref block, prefix, out var index)) return false;
        string name;
        if (index == 0)
        {
            if (!TryString(ref block, out var text)) return false;
            name = Encoding.Latin1.GetString(text);
        }
        else
        {
            if (!TryLookUp(index, out var named)) return false;
            name = named.Name;
        }

        if (!TryString(ref block, out var bytes)) return false;
        var value = keeps is null || keeps(name) ? Encoding.Latin1.GetString(bytes) : null;
        if (isAdded) Add(new Entry(name, value, name.Length + bytes.Length + EntryOverhead));
        fields.Add(new HpackField(name, value));
        return true;
    }

    private bool TryResize(ref ReadOnlySpan<byte> block)
    {
        if (!TryInteger(ref block, 5, out var limit) || limit > MaxTable) return false;
        tableLimit = limit;
        Evict(0);
        return true;
    }

    private bool TryLookUp(int index, out Entry entry)
    {
        entry = default;
        if (index <= 0) return false;
        if (index <= HpackStaticTable.Count)
        {
            var field = HpackStaticTable.At(index);
            entry = new Entry(field.Name, keeps is null || keeps(field.Name) ? field.Value : null, 0);
            return true;
        }

        // The newest entry stands at the end of the list and has the lowest index.
        var at = table.Count - (index - HpackStaticTable.Count);
        if (at < 0) return false;
        entry = table[at];
        return true;
    }

    private void Add(Entry entry)
    {
        Evict(entry.Size);
        if (entry.Size > tableLimit) return;
        table.Add(entry);
        tableSize += entry.Size;
    }

    private void Evict(int needed)
    {
        var count = 0;
        while (count < table.Count && tableSize + needed > tableLimit) tableSize -= table[count++].Size;
        table.RemoveRange(0, count);
    }

    private static bool TryInteger(ref ReadOnlySpan<byte> block, int prefix, out int value) => FieldPrimitives.TryInteger(ref block, prefix, out value);

    // The answer is valid until the next string is read.
    private bool TryString(ref ReadOnlySpan<byte> block, out ReadOnlySpan<byte> text) => FieldPrimitives.TryString(ref block, 7, scratch, out text);

    private readonly record struct Entry(string Name, string? Value, int Size);

    // RFC 7541 section 4.1
    private const int EntryOverhead = 32;

    // Browsers allow 64 KiB.
    private const int MaxTable = 64 * 1024;

    private const int MaxFields = 1024;
}
