using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Packet Block, obsolete (draft-ietf-opsawg-pcapng appendix A), after type and total length:
/// <code>
/// uint16 interface_id; uint16 drops; uint32 timestamp_upper; uint32 timestamp_lower; uint32 captured_len; uint32 original_len; data, padded to 4; options
/// </code>
/// The count of drops and the options are not read.
/// </summary>
internal static class PacketBlock
{
    public const int MinimumLength = EnhancedPacketBlock.MinimumLength;

    /// <summary>Reads a block of at least <see cref="MinimumLength"/> bytes: an Enhanced Packet Block but for the first field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketFields Read(ref byte block, ByteOrder order) =>
        EnhancedPacketBlock.Read(ref block, order) with { Interface = order.U16(ref block, 8) };
}
