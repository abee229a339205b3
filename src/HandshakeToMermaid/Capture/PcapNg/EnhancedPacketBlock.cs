using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Enhanced Packet Block (draft-ietf-opsawg-pcapng section 4.3), after type and total length:
/// <code>
/// uint32 interface_id; uint32 timestamp_upper; uint32 timestamp_lower; uint32 captured_len; uint32 original_len; data, padded to 4; options
/// </code>
/// The options (flags, hash, drop count, comments) are not read.
/// </summary>
internal static class EnhancedPacketBlock
{
    public const int MinimumLength = DataOffset + 4;

    /// <summary>Reads a block of at least <see cref="MinimumLength"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketFields Read(ref byte block, ByteOrder order) => new(
        order.U32(ref block, 8),
        ((ulong)order.U32(ref block, 12) << 32) | order.U32(ref block, 16),
        order.U32(ref block, 20),
        order.U32(ref block, 24),
        DataOffset);

    private const int DataOffset = 28;
}
