namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Simple Packet Block (draft-ietf-opsawg-pcapng section 4.4), after type and total length: <c>uint32 original_len; data, padded to 4</c>.
/// It belongs to the section's first interface, has no time, and as many bytes as that interface's snap length leaves.
/// </summary>
internal static class SimplePacketBlock
{
    public const int MinimumLength = DataOffset + 4;

    /// <summary>Reads a block of at least <see cref="MinimumLength"/> bytes.</summary>
    public static PacketFields Read(ref byte block, ByteOrder order, uint snapLength)
    {
        var original = order.U32(ref block, 8);
        var captured = snapLength == 0 ? original : Math.Min(original, snapLength);
        return new PacketFields(0, 0, captured, original, DataOffset);
    }

    private const int DataOffset = 12;
}
