namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// QPACK's dynamic table (RFC 9204 section 3.2): entries are counted from the first that was ever inserted, and the oldest leave where room is needed.
/// </summary>
internal sealed class QpackTable
{
    private readonly List<Entry> entries = [];
    private int first;

    /// <summary>Entries ever inserted.</summary>
    public int InsertCount { get; private set; }

    /// <summary>Octets in use, as RFC 9204 section 3.2.1 counts them.</summary>
    public int Size { get; private set; }

    /// <summary>Octets that the encoder allowed it.</summary>
    public int Capacity { get; private set; }

    /// <summary>Takes the encoder's capacity; false beyond the cap.</summary>
    public bool TrySetCapacity(int capacity)
    {
        if (capacity > MaxCapacity) return false;
        Capacity = capacity;
        Evict(0);
        return true;
    }

    /// <summary>Adds an entry; false where it is larger than the table.</summary>
    /// <param name="field">The field; without its value where that is never stored.</param>
    /// <param name="size">Octets of its name and value.</param>
    public bool TryInsert(HpackField field, int size)
    {
        size += EntryOverhead;
        if (size > Capacity || InsertCount == int.MaxValue) return false;
        Evict(size);
        entries.Add(new Entry(field, size));
        Size += size;
        InsertCount++;
        return true;
    }

    /// <summary>Adds a copy of an entry, counted back from the newest one (RFC 9204 section 4.3.4).</summary>
    public bool TryDuplicate(int relative) => TryFind(InsertCount - 1 - relative, out var entry) && TryInsert(entry.Field, entry.Size - EntryOverhead);

    /// <summary>The entry with that number, from 0; false where it was evicted or never inserted.</summary>
    public bool TryLookUp(int absolute, out HpackField field)
    {
        var isFound = TryFind(absolute, out var entry);
        field = entry.Field;
        return isFound;
    }

    private bool TryFind(int absolute, out Entry entry)
    {
        entry = default;
        var back = InsertCount - absolute;
        if (back < 1 || back > entries.Count - first) return false;
        entry = entries[^back];
        return true;
    }

    private void Evict(int needed)
    {
        while (first < entries.Count && Size + needed > Capacity) Size -= entries[first++].Size;

        // The list is moved only where half of it is empty, so that each entry costs a constant time.
        if (first <= entries.Count / 2) return;
        entries.RemoveRange(0, first);
        first = 0;
    }

    private readonly record struct Entry(HpackField Field, int Size);

    // RFC 9204 section 3.2.1
    private const int EntryOverhead = 32;

    // As for HPACK.
    private const int MaxCapacity = 64 * 1024;
}
