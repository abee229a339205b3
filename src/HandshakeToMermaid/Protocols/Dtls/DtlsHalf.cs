using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Session;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>What is known of one direction of a DTLS association.</summary>
internal sealed class DtlsHalf(AnalyzerLimits limits) : CarriedHalf
{
    private readonly ulong[] recent = new ulong[Remembered];
    private readonly Queue<EncryptedDtlsRecord> tail = new();
    private int remembered;
    private int headBytes;

    /// <summary>The cleartext handshake messages.</summary>
    public FragmentAssembler Fragments { get; } = new(limits);

    /// <summary>The reported encrypted records, in order: all of the handshake, then the last few.</summary>
    public List<EncryptedDtlsRecord> Head { get; } = [];

    /// <summary>The last records, for how it ended.</summary>
    public IEnumerable<EncryptedDtlsRecord> Tail => tail;

    /// <summary>Bytes of the connection id in records of this direction (RFC 9146); 0 where none was agreed on.</summary>
    public int ConnectionIdLength { get; set; }

    /// <summary>Up to DTLS 1.2, the length of the first encrypted handshake record: a Finished that comes again has the same.</summary>
    public int FinishedLength { get; set; } = -1;

    /// <summary>True where the record was captured before; numbers are used once, so no sender repeats one.</summary>
    public bool IsCopy(in DtlsRecord record)
    {
        if (record.IsUnified) return false;
        var number = ((ulong)record.Epoch << 48) | record.Sequence;
        for (var i = 0; i < Math.Min(remembered, Remembered); i++)
        {
            if (recent[i] == number) return true;
        }

        recent[remembered++ % Remembered] = number;
        return false;
    }

    /// <summary>Notes an encrypted record, with its bytes where they may be of use.</summary>
    public void Add(EncryptedDtlsRecord entry, in DtlsRecord record, bool isOfUse)
    {
        var isWhole = isOfUse && !record.IsCut;
        var size = isWhole ? record.Header.Length + record.Fragment.Length : 0;
        var fits = Head.Count < MaxInHead && headBytes + size <= limits.EncryptedBytes * 3 / 4 && tail.Count == 0;
        if (!fits && size > SmallRecord) return;
        if (isWhole)
        {
            entry.Header = record.Header.ToArray();
            entry.Fragment = record.Fragment.ToArray();
        }

        if (fits)
        {
            headBytes += size;
            Head.Add(entry);
            return;
        }

        tail.Enqueue(entry);
        if (tail.Count > MaxAtEnd) tail.Dequeue();
    }

    private const int Remembered = 32;
    private const int MaxInHead = 512;
    private const int MaxAtEnd = 16;

    /// <summary>Alerts, tickets and key updates are below it.</summary>
    private const int SmallRecord = 2048;
}
