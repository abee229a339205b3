using System.Runtime.CompilerServices;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Network;

// RFC 791 section 3.1
//
//   0       Version (4 bits) | IHL (4 bits)    8  Time to Live
//   1       Type of Service                    9  Protocol
//   2..3    Total Length                      10  Header Checksum
//   4..5    Identification                    12  Source Address
//   6..7    Flags (3 bits) | Fragment Offset  16  Destination Address
//                                             20  Options, up to 4 * IHL
//
// Options are stepped over. The checksum is not verified: sending hosts leave it to their network card, after the capture.

/// <summary>The IPv4 header.</summary>
internal static class Ipv4Header
{
    /// <summary>
    /// Reads the header at <paramref name="offset"/>; false where the packet's kind has already been decided.
    /// Total Length is believed over the captured length, also where the frame was shorter on the wire than it claims:
    /// switches that mirror traffic cut frames without leaving a trace of it in the capture, so those are cut, not broken.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryRead(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength, out IpPayload payload)
    {
        Unsafe.SkipInit(out payload);
        if (bytes.Length - offset < MinimumLength) return packet.EndInside("IPv4 header", bytes.Length, wireLength);

        ref var header = ref NetworkOrder.At(bytes, offset);
        if (header >> 4 != 4) return packet.Break(FaultKind.BadValue, offset, "Version");
        var headerLength = (header & 0x0F) * 4;
        int totalLength = NetworkOrder.U16(ref header, 2);
        packet.Identification = NetworkOrder.U16(ref header, 4);
        uint fragment = NetworkOrder.U16(ref header, 6);
        packet.TimeToLive = NetworkOrder.U8(ref header, 8);
        packet.Protocol = NetworkOrder.U8(ref header, 9);
        packet.Source = new IpEndpoint(IpAddress.FromIpv4(NetworkOrder.U32(ref header, 12)), 0);
        packet.Destination = new IpEndpoint(IpAddress.FromIpv4(NetworkOrder.U32(ref header, 16)), 0);

        // Segmentation offload leaves 0 for what does not fit into 16 bits, or is not known yet.
        if (totalLength == 0) totalLength = wireLength - offset;
        if (headerLength < MinimumLength) return packet.Break(FaultKind.BadValue, offset, "IHL");
        if (totalLength < headerLength) return packet.Break(FaultKind.BadValue, offset + 2, "Total Length");
        if (bytes.Length - offset < headerLength) return packet.CutOff();

        payload.Start = offset + headerLength;
        payload.Length = totalLength - headerLength;
        payload.FragmentOffset = (int)(fragment & 0x1FFF) * 8;
        payload.Identification = packet.Identification;
        payload.Protocol = packet.Protocol;
        payload.MoreFragments = (fragment & 0x2000) != 0;
        payload.IsFragment = (fragment & 0x3FFF) != 0;
        return true;
    }

    internal const int MinimumLength = 20;
}
