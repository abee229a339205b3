using System.Buffers.Binary;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Headers in place, innermost first, as the checksums of the outer ones cover the inner ones. Addresses get their pseudonyms: of the link layer unicast
/// and multicast ones become locally administered, broadcast and the group of EAPOL stay. Options that no reader needs become padding.
/// </summary>
internal sealed class HeaderRewriter(Pseudonyms pseudonyms)
{
    /// <summary>Rewrites the headers of a frame whose innermost payload was rewritten.</summary>
    public void Rewrite(Span<byte> frame, FrameLayout layout)
    {
        HeaderPlace? datagram = null;
        for (var i = layout.Headers.Count - 1; i >= 0; i--)
        {
            var place = layout.Headers[i];
            Rewrite(frame, place);
            if (place.Kind == HeaderKind.TunnelUdp) datagram = place;
            if (place.Kind is not (HeaderKind.Ipv4 or HeaderKind.Ipv6)) continue;

            // The checksum of UDP and TCP covers the addresses of the IP header in front of it.
            var isIpv6 = place.Kind == HeaderKind.Ipv6;
            if (place.Start == layout.Packet.Ip)
            {
                // A fragment was given its part of a datagram that has its checksum.
                if (layout.Packet.Fragment is null) InternetChecksum.Write(frame, layout.Packet);
            }
            else if (datagram is { } tunnel)
            {
                InternetChecksum.Write(frame, new PacketLayout(place.Start, isIpv6, IpProtocol.Udp, tunnel.Start, tunnel.HeaderEnd, tunnel.End, tunnel.IsWhole));
            }

            datagram = null;
        }
    }

    /// <summary>Replaces the addresses of an IP header.</summary>
    public void Addresses(Span<byte> frame, in PacketLayout at)
    {
        var (source, destination) = at.Addresses(frame);
        var size = at.IsIpv6 ? 16 : 4;
        var start = at.Ip + (at.IsIpv6 ? 8 : 12);
        pseudonyms.Of(source).ToIPAddress().TryWriteBytes(frame.Slice(start, size), out _);
        pseudonyms.Of(destination).ToIPAddress().TryWriteBytes(frame.Slice(start + size, size), out _);
    }

    private void Rewrite(Span<byte> frame, in HeaderPlace place)
    {
        var header = frame[place.Start..place.HeaderEnd];
        switch (place.Kind)
        {
            case HeaderKind.LinkAddress:
                LinkAddress(header);
                break;
            case HeaderKind.Cleared:
                header.Clear();
                break;
            case HeaderKind.NetfilterAttributes:
                Attributes(header);
                break;
            case HeaderKind.GeneveOptions:
                for (var at = 0; at + 4 <= header.Length; at += 4 + ((header[at + 3] & 0x1F) * 4)) header.Slice(at + 4, Math.Min((header[at + 3] & 0x1F) * 4, header.Length - at - 4)).Clear();
                break;
            case HeaderKind.Ipv6Options:
                Padding(header[2..]);
                break;
            case HeaderKind.Ipv4:
                Addresses(frame, new PacketLayout(place.Start, IsIpv6: false, 0, 0, 0, 0, false));
                header[20..].Fill(NoOperation);
                InternetChecksum.Write(header, InternetChecksum.PlaceInIpv4);
                break;
            case HeaderKind.Ipv6:
                Addresses(frame, new PacketLayout(place.Start, IsIpv6: true, 0, 0, 0, 0, false));
                break;
            case HeaderKind.TunnelUdp:
                break;
            default:
                if (place.IsWhole) InternetChecksum.Write(frame[place.Start..place.End], PlaceInGre);
                else header.Slice(PlaceInGre, 2).Clear();
                break;
        }
    }

    private void LinkAddress(Span<byte> address)
    {
        if (!address.ContainsAnyExcept((byte)0xFF) || !address.ContainsAnyExcept((byte)0) || IpAddress.FromLinkLayer(address) == IpAddress.EapolGroup) return;
        var isGroup = (address[0] & 1) != 0;
        pseudonyms.Of(OriginalKind.LinkAddress, address).CopyTo(address);
        address[0] = (byte)((address[0] & 0xFC) | 2 | (isGroup ? 1 : 0));
    }

    /// <summary>Values between lengths and types, up to the header of the last attribute, which is the packet.</summary>
    private static void Attributes(Span<byte> attributes)
    {
        // As NflogHeader does: the byte order is that in which the types are small.
        for (var at = 0; at + 4 < attributes.Length;)
        {
            var isBig = attributes[at + 2] == 0 && attributes[at + 3] != 0;
            var length = isBig ? BinaryPrimitives.ReadUInt16BigEndian(attributes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(attributes[at..]);
            var next = at + Math.Max(4, (length + 3) & ~3);
            attributes[(at + 4)..Math.Max(at + 4, Math.Min(next, attributes.Length - 4))].Clear();
            at = next;
        }
    }

    /// <summary>PadN (RFC 8200 section 4.2), each of at most 257 bytes.</summary>
    private static void Padding(Span<byte> options)
    {
        options.Clear();
        while (options.Length >= 2)
        {
            var length = Math.Min(options.Length, 257);
            options[0] = 1;
            options[1] = (byte)(length - 2);
            options = options[length..];
        }
    }

    private const byte NoOperation = 1;

    /// <summary>Of the checksum (RFC 2784 section 2.1).</summary>
    private const int PlaceInGre = 4;
}
