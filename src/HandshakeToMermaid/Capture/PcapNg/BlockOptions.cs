namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Walks the options at the end of a block (draft-ietf-opsawg-pcapng section 3.5): <c>uint16 code; uint16 len; value, padded to 4</c>,
/// up to <c>opt_endofopt</c> or the end of the block.
/// </summary>
internal ref struct BlockOptions
{
    private readonly ByteOrder order;
    private ReadOnlySpan<byte> rest;

    public BlockOptions(ReadOnlySpan<byte> options, ByteOrder order)
    {
        rest = options;
        this.order = order;
    }

    public ushort Code { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True where an option claims more bytes than its block has; those before it are good.</summary>
    public bool IsBroken { get; private set; }

    public bool MoveNext()
    {
        if (rest.Length < 4) return false;
        Code = order.U16(rest);
        if (Code == 0) return false;
        int length = order.U16(rest[2..]);
        IsBroken = length > rest.Length - 4;
        if (IsBroken) return false;
        Value = rest.Slice(4, length);
        rest = rest[Math.Min(rest.Length, 4 + ((length + 3) & ~3))..];
        return true;
    }
}
