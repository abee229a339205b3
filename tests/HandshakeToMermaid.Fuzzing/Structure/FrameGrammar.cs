using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Redaction.Captures;

namespace HandshakeToMermaid.Fuzzing.Structure;

/// <summary>Frames: link header, IP header, TCP or UDP header, payload. Lengths and checksums follow what is changed.</summary>
internal static class FrameGrammar
{
    /// <summary>Finds headers, behind VLAN tags but not inside tunnels, whose lengths would not follow.</summary>
    public static FrameLayers FrameLayers => new(LinkTypeCatalog.All, [.. TunnelCatalog.All.Where(t => t.Carrier == TunnelCarrier.EtherType && VlanTag.Is(t.Number))]);

    /// <summary>Splits a frame that holds TCP, UDP or ICMP straight over IP; others stay as they are.</summary>
    public static void Split(Node node, LinkType link)
    {
        var bytes = node.Bytes;
        if (FrameLayers.Of(bytes, link) is not { Packet: { IsWhole: true, IsEapol: false, Fragment: null } at }) return;
        var options = at.Transport + (at.Protocol == Tcp ? 20 : at.Payload - at.Transport);
        var header = new Node(at.Protocol switch { Tcp => "tcp header", Udp => "udp header", _ => "icmp header" }, bytes[at.Transport..options]);
        if (at.Payload > options) header.Children = TcpOptions(bytes[options..at.Payload]);
        if (at.Protocol == Tcp) header.Seal = DataOffset;
        var packet = new Node("ip packet", [])
        {
            Seal = (_, whole) => WithChecksums(whole),
            Children =
            [
                new Node(at.IsIpv6 ? "ipv6 header" : "ipv4 header", bytes[at.Ip..at.Transport]),
                header,
                new Node("payload", bytes[at.Payload..at.End]) { Grammar = PayloadOf(bytes, at) },
            ],
        };
        node.Bytes = [];
        node.Children = [new Node("link header", bytes[..at.Ip]), packet];
        if (at.End < bytes.Length) node.Children.Add(new Node("frame padding", bytes[at.End..]));
    }

    /// <summary>Sets the lengths and checksums of an IP packet and of the TCP or UDP in it.</summary>
    public static byte[] WithChecksums(byte[] packet)
    {
        if (packet.Length < 20) return packet;
        var isIpv6 = packet[0] >> 4 == 6;
        var header = isIpv6 ? 40 : (packet[0] & 0xF) * 4;
        if (header < 20 || header > packet.Length || packet.Length > ushort.MaxValue) return packet;
        if (isIpv6) BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(packet.Length - 40));
        else BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        var protocol = packet[isIpv6 ? 6 : 9];
        if (protocol == Udp && packet.Length >= header + 8) BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(header + 4), (ushort)(packet.Length - header));
        if (!isIpv6) InternetChecksum.Write(packet.AsSpan(0, header), InternetChecksum.PlaceInIpv4);
        if (protocol is Tcp or Udp && packet.Length >= header + 8) InternetChecksum.Write(packet, new PacketLayout(0, isIpv6, protocol, header, header, packet.Length, IsWhole: true));
        return packet;
    }

    /// <summary>How bytes over TCP are split, by how they begin.</summary>
    public static void Stream(Node node)
    {
        var bytes = node.Bytes;
        if (bytes.Length < 3) return;
        if (bytes[0] is >= 20 and <= 24 && bytes[1] == 3) TlsGrammar.Records(node);
        else if (bytes[0] == 0 && bytes.Length > 14 && Lengths.U16(bytes, 0) <= bytes.Length - 2) DnsGrammar.Stream(node);
        else if (bytes.AsSpan().ContainsAny("\r\n"u8)) TextGrammar.Http(node);
    }

    private static Grammar? PayloadOf(byte[] bytes, PacketLayout at)
    {
        if (at.Protocol == Tcp) return Stream;
        if (at.Protocol != Udp) return null;
        var (source, destination) = (Lengths.U16(bytes, at.Transport), Lengths.U16(bytes, at.Transport + 2));
        return source is 53 or 5353 or 5355 || destination is 53 or 5353 or 5355 ? DnsGrammar.Message : DatagramGrammar.Datagram;
    }

    private static List<Node> TcpOptions(byte[] bytes)
    {
        var options = new List<Node>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = bytes[at] is 0 or 1 || at + 1 >= bytes.Length ? 1 : Math.Clamp((int)bytes[at + 1], 2, Math.Max(2, bytes.Length - at));
            length = Math.Min(length, bytes.Length - at);
            options.Add(new Node("tcp option", bytes[at..(at + length)]));
            at += length;
        }

        return options;
    }

    /// <summary>Options fill up 32 bits, and there is room for 40 bytes of them.</summary>
    private static byte[] DataOffset(Node node, byte[] whole)
    {
        if (whole.Length < 20) return whole;
        byte[] header = [.. whole.AsSpan(0, Math.Min(60, whole.Length)), .. new byte[-Math.Min(60, whole.Length) & 3]];
        header[12] = (byte)((header[12] & 0xF) | (header.Length / 4 << 4));
        return header;
    }

    private const byte Tcp = 6;
    private const byte Udp = 17;
}
