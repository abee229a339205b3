using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Reads the blocks of a pcapng file (draft-ietf-opsawg-pcapng section 3.1):
/// <code>
/// uint32 type; uint32 total_len; body, padded to 4; uint32 total_len
/// </code>
/// Custom Blocks, the systemd journal and unknown blocks are skipped. A block that is truncated,
/// or whose two lengths differ, ends the reading.
/// </summary>
internal sealed class PcapNgReader : CaptureReader
{
    private readonly uint largestBlock;
    private ByteOrder order;
    private InterfaceDescriptionBlock[] interfaces = new InterfaceDescriptionBlock[4];
    private int interfaceCount;

    private PcapNgReader(ReadBuffer buffer, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes)
        : base(buffer, origin, limits, notes)
    {
        largestBlock = (uint)FrameBytes + OptionsRoom;
    }

    /// <summary>Reads the first section's header of a file that begins like pcapng; null and a reason where it goes on otherwise.</summary>
    public static PcapNgReader? TryOpen(ReadBuffer buffer, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes, out OpenFailure failure)
    {
        var reader = new PcapNgReader(buffer, origin, limits, notes);
        var problem = reader.StartSection();
        failure = problem is null ? default : new OpenFailure(buffer.IsAtEnd ? OpenFailureKind.CutOff : OpenFailureKind.Unreadable, problem);
        return problem is null ? reader : null;
    }

    public override bool CanHoldKeyLogs => true;

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
        while (true)
        {
            if (bytes.Available < SmallestBlock && !bytes.Fill(SmallestBlock)) return StopShort("the header of a block");
            var type = (BlockType)order.U32(ref bytes.First, 0);
            var length = order.U32(ref bytes.First, 4);
            if (type is BlockType.EnhancedPacket or BlockType.Packet or BlockType.SimplePacket) return ReadPacket(type, length);
            if (!ReadOther(type, length)) return false;
        }
    }

    private static bool IsPossible(uint length) => length >= SmallestBlock && length % 4 == 0;

    private bool ReadPacket(BlockType type, uint length)
    {
        var bytes = Bytes;
        if (length > largestBlock || !IsPossible(length)) return StopAtLength(length);
        if (bytes.Available < length && !bytes.Fill((int)length)) return StopCutOff(bytes.Position, $"a block of {length} bytes");

        ref var block = ref bytes.First;
        if (order.U32(ref block, (int)length - 4) != length) return StopAtTrailer(bytes.Position);
        if (length < (type == BlockType.SimplePacket ? SimplePacketBlock.MinimumLength : EnhancedPacketBlock.MinimumLength)) return StopAtLength(length);
        var packet = type == BlockType.EnhancedPacket ? EnhancedPacketBlock.Read(ref block, order) : ReadRarePacket(type, ref block);
        if (packet.Interface >= interfaceCount) return Stop(bytes.Position, $"a frame refers to interface {packet.Interface}, which is not described");
        if (packet.CapturedLength > FrameBytes) return Stop(bytes.Position, $"a frame claims {packet.CapturedLength:N0} bytes, more than the {FrameBytes:N0} that are read");
        if (packet.CapturedLength > length - 4 - packet.DataOffset) return Stop(bytes.Position, $"a frame claims {packet.CapturedLength} bytes in a block of {length}");

        ref var owner = ref interfaces[packet.Interface];
        Time = type == BlockType.SimplePacket ? 0 : unchecked(owner.Resolution.ToNanoseconds(packet.Ticks) + owner.OffsetNanoseconds);
        Link = owner.Link;
        DataStart = bytes.Start + packet.DataOffset;
        DataLength = (int)packet.CapturedLength;
        OriginalLength = packet.OriginalLength;
        bytes.Take((int)length);
        return true;
    }

    private PacketFields ReadRarePacket(BlockType type, ref byte block) => type == BlockType.Packet
        ? PacketBlock.Read(ref block, order)
        : SimplePacketBlock.Read(ref block, order, interfaceCount == 0 ? 0 : interfaces[0].SnapLength);

    private bool ReadOther(BlockType type, uint length)
    {
        if (type == BlockType.SectionHeader)
        {
            var offset = Bytes.Position;
            return StartSection() is not { } problem || Stop(offset, $"a section {problem}");
        }

        if (!IsPossible(length)) return StopAtLength(length);
        if (type is BlockType.InterfaceDescription or BlockType.NameResolution or BlockType.DecryptionSecrets or BlockType.InterfaceStatistics) return ReadDescription(type, length);
        return PassOver(length);
    }

    private bool ReadDescription(BlockType type, uint length)
    {
        var offset = Bytes.Position;
        if (length > largestBlock)
        {
            if (type == BlockType.InterfaceDescription) return StopAtLength(length);
            LeaveOut(offset, $"a block of {length:N0} bytes that is not a frame is too large and was skipped");
            return PassOver(length);
        }

        if (!Bytes.Fill((int)length)) return StopCutOff(offset, $"a block of {length} bytes");
        if (order.U32(ref Bytes.First, (int)length - 4) != length) return StopAtTrailer(offset);
        var body = Bytes.Span.Slice(8, (int)length - SmallestBlock);
        var good = type switch
        {
            BlockType.InterfaceDescription => TryAddInterface(body),
            BlockType.NameResolution => NameResolutionBlock.TryRead(body, order, Notes),
            BlockType.InterfaceStatistics => TryReadStatistics(body),
            _ => DecryptionSecretsBlock.TryRead(body, order, Notes),
        };
        if (IsAtEnd) return false;
        if (!good) LeaveOut(offset, $"part of a block of {length} bytes that is not a frame cannot be read");
        Bytes.Take((int)length);
        return true;
    }

    private bool TryAddInterface(ReadOnlySpan<byte> body)
    {
        if (body.Length < InterfaceDescriptionBlock.FixedLength) return Stop(Bytes.Position, "an interface description block is too short");
        if (interfaceCount == MaxInterfaces) return Stop(Bytes.Position, $"a section describes more than {MaxInterfaces} interfaces");
        var good = InterfaceDescriptionBlock.TryRead(body, order, out var described);
        if (interfaceCount == interfaces.Length) Array.Resize(ref interfaces, 2 * interfaceCount);
        interfaces[interfaceCount++] = described;
        return good;
    }

    private bool TryReadStatistics(ReadOnlySpan<byte> body)
    {
        if (!InterfaceStatisticsBlock.TryRead(body, order, out var number, out var end) || number >= interfaceCount) return false;
        ref var owner = ref interfaces[number];
        if (end is { } ticks) Notes.WaitedUntil(new Timestamp(unchecked(owner.Resolution.ToNanoseconds(ticks) + owner.OffsetNanoseconds)));
        return true;
    }

    /// <summary>Reads a Section Header Block; returns a clause that describes the error, or null.</summary>
    private string? StartSection()
    {
        if (!Bytes.Fill(SectionHeaderBlock.FixedLength)) return EndsInHeader();
        if (!SectionHeaderBlock.TryRead(Bytes.Span, out var header)) return "begins like pcapng, but has an invalid byte-order magic";
        if (header.Major != 1) return $"is pcapng of version {header.Major}.{header.Minor}; only version 1 is read";
        if (header.TotalLength < SectionHeaderBlock.MinimumLength || header.TotalLength % 4 != 0) return $"has a header that claims {header.TotalLength} bytes";
        Bytes.Take(SectionHeaderBlock.FixedLength);
        if (!Bytes.Skip(header.TotalLength - SectionHeaderBlock.MinimumLength) || !Bytes.Fill(4)) return EndsInHeader();
        if (header.Order.U32(ref Bytes.First, 0) != header.TotalLength) return "has a header whose two lengths differ";
        Bytes.Take(4);
        order = header.Order;
        interfaceCount = 0;
        return null;
    }

    private string EndsInHeader() => Bytes.Fault is { } fault ? $"cannot be read: {fault}" : "ends inside its header";

    private bool PassOver(uint length)
    {
        var offset = Bytes.Position;
        if (!Bytes.Skip(length - 4L) || !Bytes.Fill(4)) return StopCutOff(offset, $"a block of {length} bytes");
        if (order.U32(ref Bytes.First, 0) != length) return StopAtTrailer(offset);
        Bytes.Take(4);
        return true;
    }

    private bool StopAtLength(uint length) => Stop(Bytes.Position, $"a block claims {length:N0} bytes");

    private bool StopAtTrailer(long offset) => Stop(offset, "the two lengths of a block differ");

    // Type, total length, total length again.
    private const int SmallestBlock = 12;

    // What a packet block may hold beside its frame: comments, mostly.
    private const uint OptionsRoom = 1024 * 1024;

    // The obsolete Packet Block numbers them with 16 bits.
    private const int MaxInterfaces = 65_536;
}
