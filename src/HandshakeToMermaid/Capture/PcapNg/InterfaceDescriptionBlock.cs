namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Interface Description Block (draft-ietf-opsawg-pcapng section 4.2):
/// <code>
/// uint16 link_type; uint16 reserved; uint32 snap_len; options
/// </code>
/// Of the options only <c>if_tsresol</c> and <c>if_tsoffset</c> are read: not the interface's name, addresses, filter, speed.
/// </summary>
/// <param name="Link">The link type of its frames.</param>
/// <param name="SnapLength">The maximum number of bytes captured of a frame; 0 for no limit.</param>
/// <param name="Resolution">What a tick of its time stamps is.</param>
/// <param name="OffsetNanoseconds">What is added to its time stamps.</param>
internal readonly record struct InterfaceDescriptionBlock(LinkType Link, uint SnapLength, TimestampResolution Resolution, long OffsetNanoseconds)
{
    /// <summary>Bytes of the body up to the options.</summary>
    public const int FixedLength = 8;

    /// <summary>Reads a block's body of at least <see cref="FixedLength"/> bytes; false where its options are broken, which leaves those before in force.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, ByteOrder order, out InterfaceDescriptionBlock block)
    {
        var resolution = TimestampResolution.Usual;
        var offset = 0L;
        var options = new BlockOptions(body[FixedLength..], order);
        while (options.MoveNext())
        {
            if (options.Code == TimestampResolutionOption && options.Value.Length == 1) resolution = new TimestampResolution(options.Value[0]);
            if (options.Code == TimestampOffsetOption && options.Value.Length == 8) offset = unchecked(order.I64(options.Value) * Timestamp.PerSecond);
        }

        block = new InterfaceDescriptionBlock(new LinkType(order.U16(body)), order.U32(body[4..]), resolution, offset);
        return !options.IsBroken;
    }

    private const ushort TimestampResolutionOption = 9;
    private const ushort TimestampOffsetOption = 14;
}
