using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>
/// Chooses what is recorded of a TLS stream that goes on: every record that is not application data; application data only where secrets may decrypt it and
/// as much as <see cref="RecordBudget"/> allows, then the last small records, for how the connection ended. The rest is counted.
/// </summary>
internal sealed class TlsRecordingFilter : IRecordingFilter, IStreamSession, IRecordReader
{
    private readonly TlsStreamSession session;
    private readonly RecordAssembler[] assemblers;
    private readonly Half[] halves;
    private readonly List<HeldRecord> last = [];
    private IRecording? recording;

    /// <summary>A filter of a stream of which nothing was seen yet. What was recorded so far is given to it first, as to any session.</summary>
    public TlsRecordingFilter(TlsSetting setting)
    {
        session = new TlsStreamSession(setting);
        assemblers = [new RecordAssembler(Direction.Forward, this), new RecordAssembler(Direction.Reverse, this)];
        halves = [new Half(setting.Limits.EncryptedBytes), new Half(setting.Limits.EncryptedBytes)];
        maxOtherBytes = setting.Limits.HandshakeMessageBytes;
    }

    /// <inheritdoc/>
    public int HeldBytes => UsualRoom;

    /// <inheritdoc/>
    public bool IsComplete(Direction from) => halves[(int)from].IsStopped || session.IsSatisfied(from);

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => false;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        session.Bytes(from, bytes, mark);
        assemblers[(int)from].Push(bytes, mark);
        halves[(int)from].IsInsideRecorded = IsInside(from);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        session.Gap(from, gap);
        assemblers[(int)from].Gap(gap);
        halves[(int)from].IsInsideRecorded = IsInside(from);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed) => [];

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark, IRecording into)
    {
        ref var half = ref halves[(int)from];
        var assembler = assemblers[(int)from];
        while (half.IsInsideRecorded && !bytes.IsEmpty)
        {
            // The beginning of this record is recorded; so is the rest.
            var rest = bytes[..Math.Min(assembler.Needed, bytes.Length)];
            bytes = bytes[rest.Length..];
            into.Bytes(from, rest, mark);
            assembler.Push(rest, mark);
            half.IsInsideRecorded = IsInside(from);
        }

        recording = into;
        assembler.Push(bytes, mark);
        recording = null;
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap, IRecording into)
    {
        ref var half = ref halves[(int)from];
        var assembler = assemblers[(int)from];
        if (assembler.IsPassing && !half.IsInsideRecorded)
        {
            recording = into;
            assembler.Gap(gap);
            recording = null;
            if (!assembler.IsLost) return;
        }
        else
        {
            if (!half.IsInsideRecorded) assembler.WritePartial(from, into);
            assembler.Gap(gap);
        }

        Flush(from, into);
        into.Gap(from, gap);
        half.IsInsideRecorded = IsInside(from);
    }

    /// <inheritdoc/>
    public void WriteEnd(IRecording into)
    {
        foreach (var held in last)
        {
            if (held.Before.Units > 0) into.Omit(held.From, held.Before, held.BeforeEnd);
            foreach (var (bytes, mark) in held.Pieces) into.Bytes(held.From, bytes, mark);
        }

        foreach (var from in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            ref var half = ref halves[(int)from];
            if (half.Omitted.Units > 0) into.Omit(from, half.Omitted, half.OmittedEnd);
            if (!half.IsInsideRecorded) assemblers[(int)from].WritePartial(from, into);
        }
    }

    bool IRecordReader.Wants(Direction from, ContentType type, int length)
    {
        if (type != ContentType.ApplicationData) return true;
        return session.KeepsApplicationData && (session.NeedsRecordEnds || length <= RecordBudget.SmallRecord || halves[(int)from].Budget.FitsHead(length, isData: true));
    }

    void IRecordReader.Lost(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (recording is null || bytes.IsEmpty) return;
        Flush(from, recording);
        recording.Bytes(from, bytes, mark);
    }

    void IRecordReader.Resumed(Direction from, FrameMark mark)
    {
    }

    void IRecordReader.Record(Direction from, in TlsRecord record)
    {
        ref var half = ref halves[(int)from];
        var isData = record.Type == ContentType.ApplicationData;
        if (recording is null)
        {
            if (isData && session.KeepsApplicationData) half.Budget.Add(record.Length);
            return;
        }

        if (record.IsSsl2)
        {
            half.IsStopped = true;
            return;
        }

        var omission = new StreamOmission(1, record.Length, record.First, record.Last);
        var isWhole = record.Fragment.Length == record.Length;
        if (isData) session.Count(from, omission);
        if (isData && !(isWhole && session.KeepsApplicationData && (half.Budget.FitsHead(record.Length, isData) || record.Length <= RecordBudget.SmallRecord)))
        {
            Omit(from, omission, record.Fragment[^Math.Min(record.Fragment.Length, LongestBlock)..]);
            return;
        }

        if (!isData && (half.OtherBytes += record.Length) > maxOtherBytes)
        {
            half.IsStopped = true;
            return;
        }

        if (last.Count == 0 && (!isData || half.Budget.FitsHead(record.Length, isData)))
        {
            if (isData) half.Budget.Add(record.Length);
            Flush(from, recording);
            foreach (var (bytes, mark) in PiecesOf(record)) recording.Bytes(from, bytes, mark);
            return;
        }

        Hold(from, record);
    }

    private bool IsInside(Direction from) => assemblers[(int)from] is { IsInside: true, IsLost: false };

    /// <summary>Counts a record that is not recorded. The first ones stand alone, since their lengths say what they are.</summary>
    private void Omit(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end)
    {
        ref var half = ref halves[(int)from];
        if (last.Count == 0 && half.OmittedAlone < MaxOmittedAlone)
        {
            half.OmittedAlone++;
            recording!.Omit(from, omission, end);
            return;
        }

        var sum = half.Omitted;
        half.Omitted = new StreamOmission(sum.Units + omission.Units, sum.Length + omission.Length, sum.Units > 0 ? sum.First : omission.First, omission.Last);
        half.OmittedEnd = end.ToArray();
    }

    private void Flush(Direction from, IRecording into)
    {
        ref var half = ref halves[(int)from];
        if (half.Omitted.Units > 0) into.Omit(from, half.Omitted, half.OmittedEnd);
        (half.Omitted, half.OmittedEnd) = (default, []);
    }

    /// <summary>Holds a record back that may be one of the last.</summary>
    private void Hold(Direction from, in TlsRecord record)
    {
        ref var half = ref halves[(int)from];
        last.Add(new HeldRecord(from, PiecesOf(record), new StreamOmission(1, record.Length, record.First, record.Last)) { Before = half.Omitted, BeforeEnd = half.OmittedEnd });
        (half.Omitted, half.OmittedEnd) = (default, []);
        if (++half.Held <= MaxHeld) return;
        half.Held--;
        var oldest = last.FindIndex(held => held.From == from);
        var dropped = last[oldest];
        last.RemoveAt(oldest);
        if (last.Find(held => held.From == from) is not { } next) return;
        if (next.Before.Units == 0) next.BeforeEnd = dropped.Pieces[^1].Bytes[^Math.Min(LongestBlock, dropped.Pieces[^1].Bytes.Length)..];
        var first = dropped.Before.Units > 0 ? dropped.Before.First : dropped.Self.First;
        next.Before = new StreamOmission(dropped.Before.Units + 1 + next.Before.Units, dropped.Before.Length + dropped.Self.Length + next.Before.Length, first, next.Before.Units > 0 ? next.Before.Last : dropped.Self.Last);
    }

    /// <summary>A record as it was on the wire, cut where its frames were.</summary>
    private static List<(byte[] Bytes, FrameMark Mark)> PiecesOf(in TlsRecord record)
    {
        var whole = new byte[RecordHeader.TlsLength + record.Fragment.Length];
        whole[0] = (byte)record.Type.Code;
        BinaryPrimitives.WriteUInt16BigEndian(whole.AsSpan(1), (ushort)record.Version.Code);
        BinaryPrimitives.WriteUInt16BigEndian(whole.AsSpan(3), (ushort)record.Length);
        record.Fragment.CopyTo(whole.AsSpan(RecordHeader.TlsLength));
        var pieces = new List<(byte[], FrameMark)>();
        var start = 0;
        foreach (var piece in record.Pieces)
        {
            var end = Math.Clamp(piece.End + RecordHeader.TlsLength, start, whole.Length);
            if (end > start) pieces.Add((whole[start..end], piece.Mark));
            start = end;
        }

        if (start < whole.Length) pieces.Add((whole[start..], record.Last));
        return pieces;
    }

    private readonly int maxOtherBytes;

    /// <summary>The filter with a record of either direction of which it has a part, in bytes; a full record is rarely cut off.</summary>
    private const int UsualRoom = 4096;

    /// <summary>Records of which each length is recorded: in TLS 1.3 the handshake is among them.</summary>
    private const int MaxOmittedAlone = 64;

    /// <summary>Records of each direction that are held back: more than <see cref="RecordBudget.MaxAtEnd"/>, since other types are among them.</summary>
    private const int MaxHeld = 2 * RecordBudget.MaxAtEnd;

    /// <summary>The block of the ciphers whose next IV is the end of a record (before TLS 1.1).</summary>
    private const int LongestBlock = 16;

    private struct Half(int cap)
    {
        public RecordBudget Budget = new(cap);

        /// <summary>The current record began before the filter: its bytes are recorded as they arrive.</summary>
        public bool IsInsideRecorded;

        public bool IsStopped;
        public int OmittedAlone;
        public long OtherBytes;
        public int Held;
        public StreamOmission Omitted;
        public byte[] OmittedEnd = [];
    }

    private sealed record HeldRecord(Direction From, List<(byte[] Bytes, FrameMark Mark)> Pieces, StreamOmission Self)
    {
        /// <summary>What was left out before it.</summary>
        public StreamOmission Before { get; set; }

        /// <summary>The last bytes of that.</summary>
        public byte[] BeforeEnd { get; set; } = [];
    }
}
