using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>
/// Writes capture files byte by byte: <c>CaptureFileBuilder.Pcap().Frame(time, bytes).ToArray()</c>. The two formats share
/// <see cref="Frame"/>; what only pcapng has may only be called after <see cref="PcapNg"/>.
/// </summary>
internal sealed class CaptureFileBuilder
{
    private readonly MemoryStream file = new();
    private readonly List<int> ends = [];
    private readonly bool isPcapNg;
    private readonly long nanosecondsPerTick;
    private readonly int capacity;
    private bool bigEndian;

    private CaptureFileBuilder(bool isPcapNg, bool bigEndian, long nanosecondsPerTick, int snapLength)
    {
        this.isPcapNg = isPcapNg;
        this.bigEndian = bigEndian;
        this.nanosecondsPerTick = nanosecondsPerTick;
        capacity = snapLength == 0 ? int.MaxValue : snapLength;
    }

    /// <summary>Where each frame's record or block ends, in bytes of the file.</summary>
    public IReadOnlyList<int> Ends => ends;

    /// <summary>Begins a pcap file; frames longer than the snap length are cut.</summary>
    public static CaptureFileBuilder Pcap(LinkType? link = null, bool bigEndian = false, bool nanoseconds = false, int snapLength = 262144, ushort minor = 4, uint linkFlags = 0)
    {
        var builder = new CaptureFileBuilder(false, bigEndian, nanoseconds ? 1 : 1000, snapLength);
        builder.U32(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4).U16(2).U16(minor).U32(0).U32(0).U32((uint)snapLength).U32((link ?? LinkType.Ethernet).Code | linkFlags);
        return builder;
    }

    /// <summary>Begins a pcapng file with one section and one interface, whose time stamps are nanoseconds.</summary>
    public static CaptureFileBuilder PcapNg(LinkType? link = null, bool bigEndian = false, int snapLength = 0) =>
        PcapNgWithoutInterface(bigEndian, snapLength).Interface(link ?? LinkType.Ethernet, resolution: 9, snapLength: (uint)snapLength);

    /// <summary>Begins a pcapng file with one section and nothing in it.</summary>
    public static CaptureFileBuilder PcapNgWithoutInterface(bool bigEndian = false, int snapLength = 0) =>
        new CaptureFileBuilder(true, bigEndian, 1, snapLength).Section(bigEndian);

    /// <summary>Appends a frame; <paramref name="original"/> is its length on the wire where more was sent than is kept.</summary>
    public CaptureFileBuilder Frame(Timestamp time, ReadOnlySpan<byte> bytes, uint? original = null) =>
        isPcapNg ? Enhanced(0, (ulong)time.Nanoseconds, bytes, original) : PcapFrame(time, bytes, original);

    /// <summary>pcapng: begins a section, in either byte order.</summary>
    public CaptureFileBuilder Section(bool bigEndian)
    {
        this.bigEndian = bigEndian;
        return Block(0x0A0D0D0A, Body().U32(0x1A2B3C4D).U16(1).U16(0).U32(uint.MaxValue).U32(uint.MaxValue).ToArray());
    }

    /// <summary>pcapng: describes an interface; <paramref name="resolution"/> and <paramref name="offset"/> as if_tsresol and if_tsoffset write them.</summary>
    public CaptureFileBuilder Interface(LinkType link, byte? resolution = null, long? offset = null, uint snapLength = 0)
    {
        var body = Body().U16(link.Code).U16(0).U32(snapLength);
        if (resolution is { } r) body.U16(9).U16(1).Bytes([r, 0, 0, 0]);
        if (offset is { } o) body.U16(14).U16(8).U64((ulong)o);
        if (resolution is not null || offset is not null) body.U32(0);
        return Block(1, body.ToArray());
    }

    /// <summary>pcapng: an Enhanced Packet Block with a time stamp in the interface's own ticks.</summary>
    public CaptureFileBuilder Enhanced(uint inInterface, ulong ticks, ReadOnlySpan<byte> bytes, uint? original = null)
    {
        var kept = bytes[..Math.Min(bytes.Length, capacity)];
        var body = Body().U32(inInterface).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)kept.Length).U32(original ?? (uint)bytes.Length).Bytes(kept).Pad();
        return Block(6, body.ToArray(), isFrame: true);
    }

    /// <summary>pcapng: an obsolete Packet Block.</summary>
    public CaptureFileBuilder Obsolete(ushort inInterface, ulong ticks, ReadOnlySpan<byte> bytes)
    {
        var body = Body().U16(inInterface).U16(3).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)bytes.Length).U32((uint)bytes.Length).Bytes(bytes).Pad();
        return Block(2, body.ToArray(), isFrame: true);
    }

    /// <summary>pcapng: a Simple Packet Block, of which as much is kept as the snap length allows.</summary>
    public CaptureFileBuilder Simple(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, capacity)];
        return Block(3, Body().U32((uint)bytes.Length).Bytes(kept).Pad().ToArray(), isFrame: true);
    }

    /// <summary>pcapng: a Decryption Secrets Block, by default a TLS key log.</summary>
    public CaptureFileBuilder Secrets(string keyLog, uint type = 0x544C534B)
    {
        var bytes = Encoding.ASCII.GetBytes(keyLog);
        return Block(10, Body().U32(type).U32((uint)bytes.Length).Bytes(bytes).Pad().ToArray());
    }

    /// <summary>pcapng: a Name Resolution Block with one name; the address's 4 or 16 bytes tell its kind.</summary>
    public CaptureFileBuilder NameOf(byte[] address, string name)
    {
        var value = Encoding.UTF8.GetBytes(name);
        var body = Body().U16((ushort)(address.Length == 4 ? 1 : 2)).U16((ushort)(address.Length + value.Length + 1)).Bytes(address).Bytes(value).Bytes([0]).Pad();
        return Block(4, body.U32(0).ToArray());
    }

    /// <summary>pcapng: any block; its body is padded to four bytes by the caller.</summary>
    public CaptureFileBuilder Block(uint type, ReadOnlySpan<byte> body, bool isFrame = false)
    {
        var length = (uint)(12 + body.Length);
        U32(type).U32(length).Bytes(body).U32(length);
        if (isFrame) ends.Add((int)file.Length);
        return this;
    }

    /// <summary>Appends bytes as they are, for files that are broken on purpose.</summary>
    public CaptureFileBuilder Bytes(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        return this;
    }

    /// <summary>The file so far.</summary>
    public byte[] ToArray() => file.ToArray();

    /// <summary>The file so far, in gzip of as many members as asked.</summary>
    public byte[] ToGzip(int members = 1)
    {
        var packed = new MemoryStream();
        var all = ToArray();
        for (var i = 0; i < members; i++)
        {
            var from = (int)((long)all.Length * i / members);
            var to = (int)((long)all.Length * (i + 1) / members);
            using var member = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true);
            member.Write(all, from, to - from);
        }

        return packed.ToArray();
    }

    private CaptureFileBuilder PcapFrame(Timestamp time, ReadOnlySpan<byte> bytes, uint? original)
    {
        var kept = bytes[..Math.Min(bytes.Length, capacity)];
        var fraction = time.Nanoseconds % Timestamp.PerSecond / nanosecondsPerTick;
        U32((uint)(time.Nanoseconds / Timestamp.PerSecond)).U32((uint)fraction).U32((uint)kept.Length).U32(original ?? (uint)bytes.Length).Bytes(kept);
        ends.Add((int)file.Length);
        return this;
    }

    private CaptureFileBuilder Body() => new(isPcapNg, bigEndian, nanosecondsPerTick, 0);

    private CaptureFileBuilder Pad() => Bytes(new byte[-file.Length & 3]);

    private CaptureFileBuilder U16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    private CaptureFileBuilder U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    private CaptureFileBuilder U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (bigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Bytes(bytes);
    }
}
