using System.Buffers.Binary;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Network;

// RFC 8200 section 4 (hop-by-hop, routing, fragment, destination options), RFC 4302 (AH), RFC 6275 (mobility),
// RFC 7401 (HIP), RFC 5533 (Shim6). All but two begin alike:
//
//   0  Next Header    1  Hdr Ext Len, in units of 8 octets not counting the first 8
//
// AH counts in units of 4 octets, minus 2. The fragment header has no length:
//
//   0  Next Header    1  Reserved    2..3  Fragment Offset (13 bits) | Res (2) | M (1)    4..7  Identification
//
// Their contents are not decoded: a routing header's last address is not taken for the destination.

/// <summary>The headers between IPv6 and its transport.</summary>
internal static class Ipv6Extensions
{
    /// <summary>
    /// Steps over extension headers until the transport or a fragment header that stands for more than one fragment;
    /// false where the packet's kind has already been decided.
    /// </summary>
    internal static bool TrySkip(ref Packet packet, ReadOnlySpan<byte> bytes, ref IpPayload payload)
    {
        while (IsExtension(payload.Protocol))
        {
            if (payload.Length < ShortestLength) return packet.Break(FaultKind.Short, payload.Start, "IPv6 extension header");
            if (bytes.Length - payload.Start < ShortestLength) return packet.CutOff();
            var header = bytes[payload.Start..];
            var length = LengthOf(payload.Protocol, header[1]);
            if (payload.Length < length) return packet.Break(FaultKind.Short, payload.Start + 1, "Hdr Ext Len");
            if (header.Length < length) return packet.CutOff();

            var isFragmentHeader = payload.Protocol == IpProtocol.Fragment;
            payload.Protocol = packet.Protocol = header[0];
            payload.Start += length;
            payload.Length -= length;
            if (!isFragmentHeader) continue;

            var fragment = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
            payload.FragmentOffset = fragment & 0xFFF8;
            payload.MoreFragments = (fragment & 1) != 0;
            payload.Identification = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);

            // An atomic fragment is a whole datagram (RFC 6946).
            payload.IsFragment = payload.MoreFragments || payload.FragmentOffset != 0;
            if (payload.IsFragment) return true;
        }

        return true;
    }

    /// <summary>The length that a jumbo payload option gives, counted from behind the IPv6 header.</summary>
    internal static bool TryJumboLength(ReadOnlySpan<byte> hopByHop, out uint length)
    {
        length = 0;
        if (hopByHop.Length < ShortestLength) return false;
        var options = hopByHop[2..Math.Min(hopByHop.Length, LengthOf(IpProtocol.HopByHop, hopByHop[1]))];
        while (options.Length >= 2)
        {
            if (options[0] == Pad1)
            {
                options = options[1..];
                continue;
            }

            int optionLength = options[1];
            if (options.Length < 2 + optionLength) return false;
            if (options[0] == JumboPayload && optionLength == 4)
            {
                length = BinaryPrimitives.ReadUInt32BigEndian(options[2..]);
                return true;
            }

            options = options[(2 + optionLength)..];
        }

        return false;
    }

    private static bool IsExtension(byte protocol) => protocol is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.Fragment
        or IpProtocol.AuthenticationHeader or IpProtocol.DestinationOptions or IpProtocol.Mobility or IpProtocol.Hip or IpProtocol.Shim6;

    private static int LengthOf(byte protocol, byte lengthField) => protocol switch
    {
        IpProtocol.Fragment => ShortestLength,
        IpProtocol.AuthenticationHeader => Math.Max((lengthField + 2) * 4, ShortestLength),
        _ => (lengthField + 1) * 8,
    };

    private const int ShortestLength = 8;
    private const byte Pad1 = 0;
    private const byte JumboPayload = 0xC2;
}
