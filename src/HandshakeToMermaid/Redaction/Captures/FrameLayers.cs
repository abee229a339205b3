using System.Buffers.Binary;
using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Packets.Tunnels;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Finds the headers of a frame as <see cref="Packets.Decoding.PacketDecoder"/> does, through tags and tunnels, with the places of all that identifies
/// somebody in them. Where a header holds something that cannot be rewritten there is no layout.
/// </summary>
/// <param name="links">Which link types are read.</param>
/// <param name="tunnels">Which tunnels are read.</param>
internal sealed class FrameLayers(IReadOnlyList<LinkReader> links, IReadOnlyList<TunnelReader> tunnels)
{
    private readonly TunnelIndex index = new(tunnels);
    private List<HeaderPlace> headers = [];
    private string path = "";
    private int depth;

    /// <summary>The layout of a frame; null for one that is left out.</summary>
    public FrameLayout? Of(ReadOnlySpan<byte> frame, LinkType link)
    {
        (headers, path, depth) = ([], "", 0);
        foreach (var reader in links)
        {
            if (reader.Type != link) continue;
            var header = reader.Read(frame);
            if (header.HeaderLength > frame.Length || !LinkHeader(frame, link, header)) return null;
            return Inside(frame, header, 0) is { } packet ? new FrameLayout(headers, path, packet) : null;
        }

        return null;
    }

    private bool LinkHeader(ReadOnlySpan<byte> frame, LinkType link, in Encapsulation header)
    {
        if (link == LinkType.Ethernet)
        {
            Ethernet(0);
        }
        else if (link == LinkType.LinuxSll)
        {
            headers.Add(new HeaderPlace(HeaderKind.LinkAddress, 6, 12));
            headers.Add(new HeaderPlace(HeaderKind.Cleared, 12, 14));
        }
        else if (link == LinkType.LinuxSll2)
        {
            headers.Add(new HeaderPlace(HeaderKind.LinkAddress, 12, 18));
            headers.Add(new HeaderPlace(HeaderKind.Cleared, 18, 20));
        }
        else if (link.Code == NetfilterLog)
        {
            headers.Add(new HeaderPlace(HeaderKind.NetfilterAttributes, 4, header.HeaderLength));
        }
        else if (link.Code == Ieee80211)
        {
            return Wireless(frame, 0);
        }
        else if (link.Code == Radiotap)
        {
            // A vendor's fields may hold anything.
            return (BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) & 0x4000_0000) == 0 && Wireless(frame, BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]));
        }

        return link.Code is not (119 or 163 or 192);
    }

    private void Ethernet(int at)
    {
        headers.Add(new HeaderPlace(HeaderKind.LinkAddress, at, at + 6));
        headers.Add(new HeaderPlace(HeaderKind.LinkAddress, at + 6, at + 12));
    }

    /// <summary>Three addresses, a fourth between access points (IEEE 802.11 section 9.3.2.1).</summary>
    private bool Wireless(ReadOnlySpan<byte> frame, int at)
    {
        if (frame.Length < at + 24) return false;
        foreach (var place in (ReadOnlySpan<int>)[4, 10, 16]) headers.Add(new HeaderPlace(HeaderKind.LinkAddress, at + place, at + place + 6));

        // Some controllers swap the two bytes of frame control.
        var flags = (frame[at] & 0x0F) == 0x08 ? frame[at + 1] : frame[at];
        if ((flags & 3) == 3 && frame.Length >= at + 30) headers.Add(new HeaderPlace(HeaderKind.LinkAddress, at + 24, at + 30));
        return true;
    }

    /// <summary>Goes on behind a header that was read at <paramref name="offset"/>.</summary>
    private PacketLayout? Inside(ReadOnlySpan<byte> frame, in Encapsulation header, int offset)
    {
        if (header.Fault.IsFault || header.IsNotThis || header.IsUnread || ++depth > MaxDepth) return null;
        if (header.End is { } end && offset + end < frame.Length) frame = frame[..(offset + end)];
        var at = offset + header.HeaderLength;
        if (at >= frame.Length) return null;
        if (header.Name is { } name && !Tunnel(name, header.Id, offset, at)) return null;
        switch (header.EtherType)
        {
            case EtherType.Ipv4:
                return Ipv4(frame, at);
            case EtherType.Ipv6:
                return Ipv6(frame, at);
            case EtherType.Ethernet when frame.Length >= at + 14:
                Ethernet(at);
                return Inside(frame, EthernetHeader.Read(frame[at..]), at);
            case EtherType.Ieee80211:
                return Wireless(frame, at) ? Inside(frame, Ieee80211Header.Read(frame[at..]), at) : null;
            case EtherType.Eapol:
                return PacketLayout.OfEapol(frame, at);
            case EtherType.Ppp:
                return Inside(frame, PppHeader.Read(frame[at..]), at);
            default:
                return index.OfEtherType(header.EtherType) is { } read ? Inside(frame, read(frame[at..]), at) : null;
        }
    }

    /// <summary>What a tunnel's own header holds besides lengths and numbers; false for one whose recognition depends on an address.</summary>
    private bool Tunnel(string name, uint id, int offset, int end)
    {
        // The numbers of these two are others each way.
        path = string.Create(CultureInfo.InvariantCulture, $"{path}/{name} {(name is "gtp" or "l2tp" ? 0 : id)}");
        switch (name)
        {
            case "geneve" when end > offset + 8:
                headers.Add(new HeaderPlace(HeaderKind.GeneveOptions, offset + 8, end));
                break;
            case "nsh" or "capwap" when end > offset + 8:
                headers.Add(new HeaderPlace(HeaderKind.Cleared, offset + 8, end));
                break;
            default:
                return name != "teredo";
        }

        return true;
    }

    private PacketLayout? Ipv4(ReadOnlySpan<byte> frame, int ip)
    {
        if (PacketLayout.HeaderOfIpv4(frame, ip) is not { } header) return null;
        headers.Add(new HeaderPlace(HeaderKind.Ipv4, ip, header.Transport, header.End, header.IsWhole));
        return Transport(frame[..header.End], header);
    }

    private PacketLayout? Ipv6(ReadOnlySpan<byte> frame, int ip)
    {
        if (PacketLayout.HeaderOfIpv6(frame, ip) is not { } header) return null;
        headers.Add(new HeaderPlace(HeaderKind.Ipv6, ip, header.Transport, header.End, header.IsWhole));
        frame = frame[..header.End];
        while (header is { Fragment: null, Protocol: IpProtocol.HopByHop or IpProtocol.DestinationOptions or IpProtocol.Fragment })
        {
            if (frame.Length < header.Transport + 8) return null;
            var options = frame[header.Transport..];
            var isFragment = header.Protocol == IpProtocol.Fragment;
            var length = isFragment ? 8 : (options[1] + 1) * 8;

            // A jumbogram has its length in an option.
            if (options.Length < length || (header.Protocol == IpProtocol.HopByHop && Ipv6Extensions.TryJumboLength(options, out _))) return null;
            if (!isFragment) headers.Add(new HeaderPlace(HeaderKind.Ipv6Options, header.Transport, header.Transport + length));
            header = header with { Protocol = options[0], Transport = header.Transport + length, Payload = header.Transport + length };
            if (isFragment) header = header with { Fragment = Part(options, ip + 40 + BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 4)..]) - header.Payload) };
        }

        return Transport(frame, header);
    }

    /// <summary>What a fragment header of IPv6 says; null where the packet is a datagram by itself (RFC 6946).</summary>
    private static FragmentPart? Part(ReadOnlySpan<byte> header, int length)
    {
        var flags = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        var part = new FragmentPart(BinaryPrimitives.ReadUInt32BigEndian(header[4..]), flags & 0xFFF8, length, (flags & 1) != 0);
        return part.IsAll ? null : part;
    }

    private PacketLayout? Transport(ReadOnlySpan<byte> packet, in PacketLayout header)
    {
        if (header.Fragment is { } part) return part.Length > 0 ? header : null;
        if (header.WithPayload(packet) is { } found) return found.Protocol == IpProtocol.Udp ? Datagram(packet, found) : found;
        if (index.OfIpProtocol(header.Protocol) is not { } read || header.Transport >= packet.Length) return null;
        var tunnel = read(packet[header.Transport..]);
        if (header.Protocol == IpProtocol.Gre && (packet[header.Transport] & 0x80) != 0) headers.Add(new HeaderPlace(HeaderKind.GreChecksum, header.Transport, header.Transport + 8, header.End, header.IsWhole));
        return Inside(packet, tunnel, header.Transport);
    }

    /// <summary>A datagram, or what is inside where it is one of a tunnel, by the same rules as for reading.</summary>
    private PacketLayout? Datagram(ReadOnlySpan<byte> packet, in PacketLayout datagram)
    {
        var header = packet[datagram.Transport..];
        var payload = packet[datagram.Payload..datagram.End];
        var length = datagram.PayloadLengthOfUdp(packet);
        if (index.OfUdpPorts(BinaryPrimitives.ReadUInt16BigEndian(header), BinaryPrimitives.ReadUInt16BigEndian(header[2..])) is not { } read) return datagram;
        var tunnel = read(payload);
        if (tunnel.IsNotThis || tunnel.Fault.IsFault || tunnel.End > length || tunnel.HeaderLength > payload.Length) return datagram;
        if (!InnerPacket.IsSound(payload, tunnel.HeaderLength, tunnel.EtherType, tunnel.End ?? length)) return datagram;
        headers.Add(new HeaderPlace(HeaderKind.TunnelUdp, datagram.Transport, datagram.Payload, datagram.End, datagram.IsWhole));
        return Inside(packet[..datagram.End], tunnel, datagram.Payload);
    }

    private const int MaxDepth = 16;
    private const ushort Ieee80211 = 105;
    private const ushort Radiotap = 127;
    private const ushort NetfilterLog = 239;
}
