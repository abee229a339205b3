using System.Buffers.Binary;
using System.Text;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Writes frames and secrets as one section of pcapng (draft-ietf-opsawg-pcapng): Section Header, an Interface Description per link
/// type, Enhanced Packets, Decryption Secrets, at the end Interface Statistics. Times are nanoseconds. Little-endian, whatever
/// the machine.
/// </summary>
internal sealed class PcapNgWriter : IDisposable
{
    private readonly Stream stream;
    private readonly string name;
    private readonly int snapLength;
    private readonly string? filter;
    private readonly List<LinkType> interfaces = [];
    private byte[] block = new byte[4096];
    private int length;

    /// <summary>Begins a section; the stream is closed with the writer.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="name">The interface's name.</param>
    /// <param name="snapLength">The snapshot length, in bytes.</param>
    /// <param name="filter">The BPF expression in force; null for none.</param>
    public PcapNgWriter(Stream stream, string name, int snapLength, string? filter = null)
    {
        this.stream = stream;
        this.name = name;
        this.snapLength = snapLength;
        this.filter = filter;
        Begin(BlockType.SectionHeader);
        U32(0x1A2B3C4D);
        U16(1);
        U16(0);
        U64(ulong.MaxValue);
        Option(ApplicationOption, "h2m"u8);
        EndOptions();
        End();
    }

    /// <summary>Creates a file that only its owner may read: it may hold secrets.</summary>
    public static PcapNgWriter Create(string path, string name, int snapLength, string? filter = null)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 256 * 1024 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new PcapNgWriter(new FileStream(path, options), name, snapLength, filter);
    }

    /// <summary>Adds a frame.</summary>
    public void Write(in CapturedFrame frame)
    {
        var number = interfaces.IndexOf(frame.Link);
        if (number < 0) number = Describe(frame.Link);
        Begin(BlockType.EnhancedPacket);
        U32((uint)number);
        Time(frame.Mark.Time);
        U32((uint)frame.Data.Length);
        U32(frame.OriginalLength);
        Bytes(frame.Data);
        End();
    }

    /// <summary>Adds lines of a TLS key log.</summary>
    public void WriteKeyLog(ReadOnlySpan<byte> lines)
    {
        Begin(BlockType.DecryptionSecrets);
        U32(TlsKeyLog);
        U32((uint)lines.Length);
        Bytes(lines);
        End();
        stream.Flush();
    }

    /// <summary>Ends the section: how long it was listened, and what was lost.</summary>
    public void Finish(Timestamp until, LiveStatistics statistics)
    {
        if (interfaces.Count == 0) Describe(LinkType.Ethernet);
        Begin(BlockType.InterfaceStatistics);
        U32(0);
        Time(until);
        Option(EndTimeOption, TimeBytes(until, stackalloc byte[8]));
        Option(ReceivedOption, Number(statistics.Seen + statistics.DroppedByKernel, stackalloc byte[8]));
        Option(InterfaceDropsOption, Number(statistics.DroppedByInterface, stackalloc byte[8]));
        Option(SystemDropsOption, Number(statistics.DroppedByKernel, stackalloc byte[8]));
        EndOptions();
        End();
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private int Describe(LinkType link)
    {
        Begin(BlockType.InterfaceDescription);
        U16(link.Code);
        U16(0);
        U32((uint)snapLength);
        Option(NameOption, Encoding.UTF8.GetBytes(name));
        Option(ResolutionOption, [9]);
        if (filter is { Length: > 0 and < LongestFilter }) Option(FilterOption, [0, .. Encoding.UTF8.GetBytes(filter)]);
        EndOptions();
        End();
        interfaces.Add(link);
        return interfaces.Count - 1;
    }

    private void Begin(BlockType type)
    {
        length = 0;
        U32((uint)type);
        U32(0);
    }

    private void End()
    {
        var total = (uint)length + 4;
        U32(total);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), total);
        stream.Write(block, 0, length);
    }

    /// <summary>The upper half comes first, whatever the byte order.</summary>
    private void Time(Timestamp time)
    {
        U32((uint)((ulong)time.Nanoseconds >> 32));
        U32((uint)time.Nanoseconds);
    }

    private static Span<byte> TimeBytes(Timestamp time, Span<byte> value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(value, (uint)((ulong)time.Nanoseconds >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(value[4..], (uint)time.Nanoseconds);
        return value;
    }

    private static Span<byte> Number(long number, Span<byte> value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(value, number);
        return value;
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        U16(code);
        U16((ushort)value.Length);
        Bytes(value);
    }

    private void EndOptions() => U32(0);

    private void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), value);

    private void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    private void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    private void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Room(-value.Length & 3).Clear();
    }

    private Span<byte> Room(int bytes)
    {
        if (block.Length < length + bytes) Array.Resize(ref block, Math.Max(2 * block.Length, length + bytes));
        length += bytes;
        return block.AsSpan(length - bytes, bytes);
    }

    private const uint TlsKeyLog = 0x544C534B;
    private const int LongestFilter = 32_768;

    private const ushort NameOption = 2;
    private const ushort ApplicationOption = 4;
    private const ushort ResolutionOption = 9;
    private const ushort FilterOption = 11;
    private const ushort EndTimeOption = 3;
    private const ushort ReceivedOption = 4;
    private const ushort InterfaceDropsOption = 5;
    private const ushort SystemDropsOption = 7;
}
