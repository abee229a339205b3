using System.Buffers;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>
/// Cuts one direction of a TCP stream into records. A record that comes whole in one piece is handed on without a copy.
/// After missing bytes it goes on only where a record certainly begins: behind the record whose inside is missing, or at
/// the start of a piece whose bytes are a chain of records.
/// </summary>
internal sealed class RecordAssembler
{
    private readonly Direction from;
    private readonly IRecordReader reader;
    private readonly List<RecordPiece> pieces = new(0);
    private byte[] buffer = [];
    private int filled;
    private RecordHeader header;
    private bool hasHeader;
    private bool keeps;
    private int skip;
    private bool lost;
    private bool ssl2;
    private bool started;
    private FrameMark first;
    private FrameMark last;

    /// <summary>Assembles the records of one direction.</summary>
    public RecordAssembler(Direction from, IRecordReader reader)
    {
        this.from = from;
        this.reader = reader;
    }

    /// <summary>True where it is not known where the next record begins.</summary>
    public bool IsLost => lost;

    /// <summary>True in the middle of a record.</summary>
    public bool IsInside => filled > 0 || skip > 0;

    /// <summary>True in the middle of a record that is skipped.</summary>
    public bool IsPassing => skip > 0;

    /// <summary>The number of bytes that the current record lacks, as far as its header is known; at least 1.</summary>
    public int Needed => skip > 0 ? skip : Math.Max(1, hasHeader ? header.Total - filled : HeaderNeed() - filled);

    /// <summary>Writes the available part of the current record; nothing if it is skipped.</summary>
    public void WritePartial(Direction to, IRecording recording)
    {
        if (IsPassing) return;
        var start = 0;
        foreach (var piece in pieces)
        {
            recording.Bytes(to, buffer.AsSpan(start, piece.End - start), piece.Mark);
            start = piece.End;
        }
    }

    /// <summary>Takes the next bytes, all from one frame.</summary>
    public void Push(ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (bytes.IsEmpty) return;
        if (lost && !TryResume(bytes, mark)) return;
        last = FrameMark.Latest(last, mark);
        while (!bytes.IsEmpty)
        {
            if (skip > 0)
            {
                var passed = Math.Min(skip, bytes.Length);
                skip -= passed;
                bytes = bytes[passed..];
                if (skip == 0) Deliver(default, isCut: false);
                continue;
            }

            if (filled == 0) first = last = mark;
            if (!hasHeader && filled == 0 && TryWhole(ref bytes, mark)) continue;
            if (!hasHeader)
            {
                Keep(ref bytes, HeaderNeed() - filled, mark);
                if (!TryHeader(buffer.AsSpan(0, filled), out var found))
                {
                    Lose([.. buffer.AsSpan(0, filled), .. bytes[..Math.Min(bytes.Length, MaxShown)]], mark);
                    return;
                }

                if (found is null) continue;
                Begin(found.Value);
                if (header.Length == 0) Deliver(default, isCut: false);
                continue;
            }

            Keep(ref bytes, header.Total - filled, mark);
            if (filled == header.Total) Deliver(buffer.AsSpan(header.HeaderLength, header.Length), isCut: false);
        }
    }

    /// <summary>Bytes are missing here.</summary>
    public void Gap(StreamGap gap)
    {
        if (lost || (!started && filled == 0 && gap.Kind == GapKind.JoinedMidway)) return;
        if (hasHeader && skip > 0)
        {
            if (gap.Length > 0 && gap.Length <= skip)
            {
                skip -= (int)gap.Length;
                if (skip == 0) Deliver(default, isCut: true);
                return;
            }

            Deliver(default, isCut: true);
        }
        else if (hasHeader)
        {
            var rest = header.Total - filled - gap.Length;
            var cut = header;
            Deliver(buffer.AsSpan(header.HeaderLength, filled - header.HeaderLength), isCut: true);
            if (gap.Length > 0 && rest >= 0)
            {
                // The record's end is known all the same; what is left of it is of no use.
                header = cut with { Type = default, IsSsl2 = false };
                skip = (int)rest;
                hasHeader = rest > 0;
                return;
            }
        }

        Lose(default, gap.Mark);
    }

    /// <summary>The stream is over: hands on what is there of the last record.</summary>
    public void Finish()
    {
        if (hasHeader && skip == 0 && filled > header.HeaderLength) Deliver(buffer.AsSpan(header.HeaderLength, filled - header.HeaderLength), isCut: true);
        Reset();
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    /// <summary>Hands on a record that lies whole in <paramref name="bytes"/>, without a copy.</summary>
    private bool TryWhole(ref ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (!TryHeader(bytes, out var found) || found is not { } whole || bytes.Length < whole.Total) return false;
        Begin(whole);
        first = last = mark;
        var fragment = bytes.Slice(whole.HeaderLength, whole.Length);
        bytes = bytes[whole.Total..];
        skip = 0;
        Deliver(fragment, isCut: false);
        return true;
    }

    private void Begin(RecordHeader found)
    {
        header = found;
        hasHeader = true;
        started = true;
        if (found.IsSsl2) ssl2 = true;
        keeps = found.IsSsl2 || reader.Wants(from, found.Type, found.Length);
        if (!keeps) skip = found.Total - Math.Max(filled, found.HeaderLength);
    }

    /// <summary>False where no record can begin so; null while the header is not complete.</summary>
    private bool TryHeader(ReadOnlySpan<byte> bytes, out RecordHeader? found)
    {
        found = null;
        if (RecordHeader.CanBegin(bytes))
        {
            if (bytes.Length >= RecordHeader.TlsLength) found = RecordHeader.ReadTls(bytes);
            return true;
        }

        if (ssl2)
        {
            found = RecordHeader.ReadSsl2(bytes);
            return found is not { Length: 0 };
        }

        if (started) return false;
        var verdict = Ssl2Hello.ProbeClient(bytes);
        if (verdict == ProbeVerdict.NotForUs) verdict = Ssl2Hello.ProbeServer(bytes);
        if (verdict == ProbeVerdict.Certain) found = RecordHeader.ReadSsl2(bytes);
        return verdict != ProbeVerdict.NotForUs;
    }

    private int HeaderNeed() => filled == 0 ? 1
        : RecordHeader.CanBegin(buffer.AsSpan(0, filled)) ? RecordHeader.TlsLength
        : ssl2 ? (buffer[0] & 0x80) != 0 ? 2 : 3 : Ssl2HelloHead;

    private void Keep(ref ReadOnlySpan<byte> bytes, int wanted, FrameMark mark)
    {
        var taken = Math.Min(wanted, bytes.Length);
        if (buffer.Length < filled + wanted) Grow(filled + wanted);
        bytes[..taken].CopyTo(buffer.AsSpan(filled));
        filled += taken;
        bytes = bytes[taken..];
        if (pieces.Count > 0 && pieces[^1].Mark == mark) pieces[^1] = new RecordPiece(filled, mark);
        else pieces.Add(new RecordPiece(filled, mark));
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, FirstBuffer));
        buffer.AsSpan(0, filled).CopyTo(larger);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private void Deliver(ReadOnlySpan<byte> fragment, bool isCut)
    {
        var delivered = header;
        if (delivered.Type != default || delivered.IsSsl2)
        {
            // Pieces were counted from the header's first byte.
            Span<RecordPiece> shifted = pieces.Count <= MaxPiecesOnStack ? stackalloc RecordPiece[pieces.Count] : new RecordPiece[pieces.Count];
            for (var i = 0; i < shifted.Length; i++) shifted[i] = pieces[i] with { End = pieces[i].End - delivered.HeaderLength };
            Reset();
            reader.Record(from, new TlsRecord
            {
                Type = delivered.Type, Version = delivered.Version, IsSsl2 = delivered.IsSsl2, Length = delivered.Length,
                Fragment = fragment, Pieces = shifted, First = first, Last = last, IsCut = isCut,
            });
            return;
        }

        Reset();
    }

    private void Reset()
    {
        filled = 0;
        hasHeader = false;
        skip = 0;
        pieces.Clear();
    }

    private void Lose(ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        lost = true;
        var shown = bytes[..Math.Min(bytes.Length, MaxShown)].ToArray();
        Reset();
        reader.Lost(from, shown, mark);
    }

    /// <summary>Goes on where the bytes are certainly records: one behind the other, or one that ends with the piece.</summary>
    private bool TryResume(ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var rest = bytes;
        var found = 0;
        while (rest.Length >= RecordHeader.TlsLength && RecordHeader.CanBegin(rest))
        {
            var next = RecordHeader.ReadTls(rest);
            found++;
            if (next.Length == 0) return false;
            if (next.Total >= rest.Length)
            {
                if (next.Total > rest.Length && found < 2) return false;
                lost = false;
                reader.Resumed(from, mark);
                return true;
            }

            rest = rest[next.Total..];
        }

        return false;
    }

    private const int Ssl2HelloHead = 13;
    private const int FirstBuffer = 512;
    private const int MaxPiecesOnStack = 16;
    private const int MaxShown = 64;
}
