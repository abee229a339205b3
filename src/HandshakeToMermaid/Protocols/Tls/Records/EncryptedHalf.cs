using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>
/// The encrypted records of one direction, stored until its secrets arrive: everything at the beginning, where the handshake
/// and the first exchange are; then only what is short enough to be a ticket, a key update or an alert; and once there is
/// no more room, the last few of those, for how the connection ended. What is skipped in between is counted, because the
/// number of a record is part of its protection.
/// </summary>
internal sealed class EncryptedHalf(Direction from, int cap)
{
    /// <summary>True where the bytes of a record of that length are to be handed in.</summary>
    public bool Wants(int length, bool isData) => length <= RecordBudget.SmallRecord || FitsHead(length, isData);

    /// <summary>Keeps a record, if there is room for it, or counts it.</summary>
    public void Add(EncryptedRecord record, int position, Step? placeholder, bool isAfterGap)
    {
        var length = record.Ciphertext.Length;
        if (FitsHead(length, placeholder is null))
        {
            budget.Add(length);
            (head ??= []).Add(Entry(record, position, placeholder, isAfterGap));
            return;
        }

        if (length > RecordBudget.SmallRecord || length > cap - budget.HeadBytes)
        {
            Skip(1, record.Ciphertext.Span, length);
            return;
        }

        (tail ??= new()).Enqueue(Entry(record, position, placeholder, isAfterGap));
        tailBytes += length;
        while (tail.Count > RecordBudget.MaxAtEnd || budget.HeadBytes + tailBytes > cap) Drop(tail);
    }

    /// <summary>Counts skipped records.</summary>
    /// <param name="records">How many.</param>
    /// <param name="fragment">The bytes of the last one, or its last ones, where they are there.</param>
    /// <param name="length">How many bytes they are together.</param>
    public void Skip(int records, ReadOnlySpan<byte> fragment, long length)
    {
        skippedRecords += records;
        skippedBytes += length;
        if (fragment.Length >= LongestBlock) skippedTail = fragment[^LongestBlock..].ToArray();
    }

    /// <summary>True if nothing is stored.</summary>
    public bool IsEmpty => head is null && tail is null;

    /// <summary>All stored records, in order.</summary>
    public IEnumerable<EncryptedEntry> Entries => (head ?? []).Concat(tail ?? []);

    private bool FitsHead(int length, bool isData) => tail is not { Count: > 0 } && budget.FitsHead(length, isData);

    /// <summary>The oldest of the last records becomes one that went by.</summary>
    private void Drop(Queue<EncryptedEntry> tail)
    {
        var oldest = tail.Dequeue();
        var bytes = oldest.Record!.Ciphertext;
        tailBytes -= bytes.Length;
        if (tail.TryPeek(out var next))
        {
            if (next.SkippedRecords == 0) next.SkippedTail = bytes[^Math.Min(LongestBlock, bytes.Length)..];
            next.SkippedRecords += oldest.SkippedRecords + 1;
            next.SkippedBytes += oldest.SkippedBytes + bytes.Length;
        }
    }

    private EncryptedEntry Entry(EncryptedRecord record, int position, Step? placeholder, bool isAfterGap)
    {
        var entry = new EncryptedEntry
        {
            From = from, Record = record, Position = position, Placeholder = placeholder, IsAfterGap = isAfterGap,
            SkippedRecords = skippedRecords, SkippedBytes = skippedBytes, SkippedTail = skippedTail,
        };
        skippedRecords = skippedBytes = 0;
        skippedTail = default;
        return entry;
    }

    private const int LongestBlock = 16;

    // Made when the first record is stored: without secrets none is.
    private List<EncryptedEntry>? head;
    private Queue<EncryptedEntry>? tail;
    private RecordBudget budget = new(cap);
    private int tailBytes;
    private long skippedRecords;
    private long skippedBytes;
    private ReadOnlyMemory<byte> skippedTail;
}
