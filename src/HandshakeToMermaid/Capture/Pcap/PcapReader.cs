using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.Pcap;

/// <summary>
/// Reads the records of a pcap file (draft-ietf-opsawg-pcap section 5):
/// <code>
/// uint32 seconds; uint32 fraction; uint32 captured_len; uint32 original_len; uint8 data[captured_len];
/// </code>
/// A record whose captured length is the greater one is given out as it is, as tcpdump does.
/// </summary>
internal sealed class PcapReader : CaptureReader
{
    private readonly ByteOrder order;
    private readonly long fractionNanoseconds;
    private readonly int recordHeader;
    private readonly ushort minor;

    private PcapReader(ReadBuffer buffer, PcapHeader header, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes)
        : base(buffer, origin, limits, notes)
    {
        order = header.Order;
        fractionNanoseconds = header.FractionNanoseconds;
        recordHeader = header.RecordHeader;
        minor = header.Minor;
        Link = header.Link;
    }

    /// <summary>Reads the header of a file that begins like pcap; null and a reason where it goes on otherwise.</summary>
    public static PcapReader? TryOpen(ReadBuffer buffer, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes, out OpenFailure failure)
    {
        failure = default;
        if (!buffer.Fill(PcapHeader.Length))
        {
            failure = new OpenFailure(OpenFailureKind.CutOff, buffer.Fault is { } fault ? $"cannot be read: {fault}" : "ends inside its header");
            return null;
        }

        var header = PcapHeader.Read(buffer.Span);
        if (header.Major != 2)
        {
            failure = new OpenFailure(OpenFailureKind.Unreadable, $"is pcap of version {header.Major}.{header.Minor}; only version 2 is read");
            return null;
        }

        buffer.Take(PcapHeader.Length);
        return new PcapReader(buffer, header, origin, limits, notes);
    }

    public override bool CanHoldKeyLogs => false;

    public override bool TryRead(out CapturedFrame frame)
    {
        if (!Advance())
        {
            frame = default;
            return false;
        }

        frame = Take(NextNumber);
        return true;
    }

    public override bool Advance()
    {
        var bytes = Bytes;
        if (bytes.Available < recordHeader && !bytes.Fill(recordHeader)) return StopShort("the header of a frame");
        var captured = order.U32(ref bytes.First, 8);
        var original = order.U32(ref bytes.First, 12);
        if (minor < 4 && LengthsAreSwapped(captured, original)) (captured, original) = (original, captured);
        if (captured > (uint)FrameBytes) return Stop(bytes.Position, $"a frame claims {captured:N0} bytes, more than the {FrameBytes:N0} that are read");
        var whole = recordHeader + (int)captured;
        if (bytes.Available < whole && !bytes.Fill(whole)) return StopCutOff(bytes.Position, $"a frame of {captured} bytes");

        ref var record = ref bytes.First;
        Time = (order.U32(ref record, 0) * Timestamp.PerSecond) + (order.U32(ref record, 4) * fractionNanoseconds);
        DataStart = bytes.Start + recordHeader;
        DataLength = (int)captured;
        OriginalLength = original;
        bytes.TakeRecord(whole);
        return true;
    }

    /// <summary>Before version 2.3 the lengths were stored the other way round; writers of 2.3 did either.</summary>
    private bool LengthsAreSwapped(uint captured, uint original) => minor < 3 || captured > original;
}
