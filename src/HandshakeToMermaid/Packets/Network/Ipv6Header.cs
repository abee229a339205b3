using System.Runtime.CompilerServices;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Network;

// RFC 8200 section 3
//
//   0       Version (4 bits) | Traffic Class (8) | Flow Label (20)
//   4..5    Payload Length            7       Hop Limit
//   6       Next Header               8..23   Source Address      24..39  Destination Address

/// <summary>The IPv6 header.</summary>
internal static class Ipv6Header
{
    /// <summary>
    /// Reads the header at <paramref name="offset"/> and steps over its extension headers; false where the packet's
    /// kind has already been decided. Payload Length is believed as IPv4's Total Length is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryRead(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength, out IpPayload payload)
    {
        payload = default;
        if (bytes.Length - offset < FixedLength) return packet.EndInside("IPv6 header", bytes.Length, wireLength);

        ref var header = ref NetworkOrder.At(bytes, offset);
        if (header >> 4 != 6) return packet.Break(FaultKind.BadValue, offset, "Version");
        int length = NetworkOrder.U16(ref header, 4);
        packet.Protocol = NetworkOrder.U8(ref header, 6);
        packet.TimeToLive = NetworkOrder.U8(ref header, 7);
        packet.Source = new IpEndpoint(new IpAddress(NetworkOrder.U64(ref header, 8), NetworkOrder.U64(ref header, 16)), 0);
        packet.Destination = new IpEndpoint(new IpAddress(NetworkOrder.U64(ref header, 24), NetworkOrder.U64(ref header, 32)), 0);

        payload.Start = offset + FixedLength;
        payload.Length = length;
        payload.Protocol = packet.Protocol;
        if (length == 0 && packet.Protocol != IpProtocol.NoNextHeader) payload.Length = UnstatedLength(bytes, payload, wireLength);
        return packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp || Ipv6Extensions.TrySkip(ref packet, bytes, ref payload);
    }

    /// <summary>
    /// Payload Length 0: a jumbogram has its length in a hop-by-hop option (RFC 2675 section 2), segmentation offload
    /// has it nowhere. Never more than the frame had on the wire.
    /// </summary>
    private static int UnstatedLength(ReadOnlySpan<byte> bytes, in IpPayload payload, int wireLength)
    {
        var wire = wireLength - payload.Start;
        if (payload.Protocol != IpProtocol.HopByHop) return wire;
        return Ipv6Extensions.TryJumboLength(bytes[payload.Start..], out var jumbo) && jumbo < (uint)wire ? (int)jumbo : wire;
    }

    internal const int FixedLength = 40;
}
