using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Packets.Tunnels;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>What a frame yields of which only the beginning was captured, for every link and tunnel: the same segment, or none.</summary>
public sealed class FrameCutLaws
{
    private const int TcpHeaderLength = 20;

    public static TheoryData<string, ushort, string> Frames
    {
        get
        {
            var data = new TheoryData<string, ushort, string>();
            foreach (var (path, (link, frame)) in TunnelTests.All()) data.Add(path, link, Convert.ToHexString(frame));
            foreach (var ip in new[] { TcpOverIp(), TcpOverIp(Client6, Server6) })
            {
                Add(data, LinkType.Ethernet, PacketBuilder.Ethernet(ip));
                Add(data, LinkType.Ethernet, PacketBuilder.Snap(ip));
                Add(data, LinkType.LinuxSll, PacketBuilder.LinuxCooked(ip));
                Add(data, LinkType.LinuxSll2, PacketBuilder.LinuxCooked2(ip));
                Add(data, LinkType.Null, PacketBuilder.Loopback(ip, (byte)(ip[0] == 0x45 ? 2 : 24), bigEndian: false));
                Add(data, LinkType.Loop, PacketBuilder.Loopback(ip, (byte)(ip[0] == 0x45 ? 2 : 30), bigEndian: true));
                Add(data, LinkType.Raw, ip);
                Add(data, ip[0] == 0x45 ? LinkType.Ipv4 : LinkType.Ipv6, ip);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_that_ends_with_its_last_header_is_the_segment_and_a_shorter_one_is_cut_short(string path, ushort link, string hex)
    {
        var frame = Convert.FromHexString(hex);
        var whole = Decode(frame, new LinkType(link));
        var (segment, inner) = (SegmentIn(frame), InnerIn(frame));
        for (var length = 0; length < frame.Length; length++)
        {
            var packet = Decode(frame[..length], new LinkType(link), (uint)frame.Length);
            Assert.False(packet.Fault.IsFault, $"{path}, {length} bytes: {packet.Fault}");
            if (length >= segment + TcpHeaderLength)
            {
                Assert.Equal((PacketKind.Tcp, 1000u, 2000u, whole.Flags, whole.Window), (packet.Kind, packet.Sequence, packet.Acknowledgment, packet.Flags, packet.Window));
                Assert.Equal((whole.Source, whole.Destination, 5), (packet.Source, packet.Destination, packet.PayloadLength));
                Assert.Equal("hello"u8[..Math.Min(5, length - segment - TcpHeaderLength)], packet.Payload);
                Assert.Equal(Named(whole), Named(packet));
                continue;
            }

            Assert.NotEqual(PacketKind.Tcp, packet.Kind);
            if (length >= segment)
            {
                Assert.Equal((PacketKind.CutShort, whole.Source.Address, whole.Destination.Address), (packet.Kind, packet.Source.Address, packet.Destination.Address));
                Assert.Equal(Named(whole), Named(packet));
                Assert.Equal(length >= segment + 4 ? (whole.Source, whole.Destination) : (new(whole.Source.Address, 0), new(whole.Destination.Address, 0)), (packet.Source, packet.Destination));
                Assert.Equal((length >= segment + 8 ? 1000u : 0, length >= segment + 14 ? 2000u : 0), (packet.Sequence, packet.Acknowledgment));
            }
            else if (length >= inner)
            {
                Assert.Contains(packet.Kind, new[] { PacketKind.CutShort, PacketKind.Udp, PacketKind.Other });
            }

            // A port alone makes no tunnel, nor do labels; all else names what was read before the cut.
            Assert.StartsWith(NamesOf(packet), NamesOf(whole), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_that_was_no_longer_on_the_wire_is_truncated_where_it_ends(string path, ushort link, string hex)
    {
        var frame = Convert.FromHexString(hex);
        for (var length = 0; length < SegmentIn(frame) + TcpHeaderLength; length++)
        {
            var packet = Decode(frame[..length], new LinkType(link));
            Assert.NotEqual(PacketKind.Tcp, packet.Kind);
            if (packet.Kind != PacketKind.Broken) continue;
            Assert.True(packet.Fault.Kind == FaultKind.Short && packet.Fault.Offset == length, $"{path}, {length} bytes: {packet.Fault}");
        }
    }

    [Fact]
    public void A_frame_that_ends_with_its_link_header_lacks_the_IP_header()
    {
        var ip = TcpOverIp();
        foreach (var (link, frame) in new[] { (LinkType.Ethernet, PacketBuilder.Snap(ip)), (LinkType.LinuxSll, PacketBuilder.LinuxCooked(ip)), (LinkType.LinuxSll2, PacketBuilder.LinuxCooked2(ip)), (LinkType.Loop, PacketBuilder.Loopback(ip, 2, bigEndian: true)) })
        {
            var header = frame.Length - ip.Length;
            Assert.Equal(new WireFault(FaultKind.Short, header, "IPv4 header"), Decode(frame[..header], link).Fault);
            Assert.Equal(new WireFault(FaultKind.Short, header - 1, "link header"), Decode(frame[..(header - 1)], link).Fault);
        }
    }

    private static void Add(TheoryData<string, ushort, string> data, LinkType link, byte[] frame) => data.Add("", link.Code, Convert.ToHexString(frame));

    /// <summary>Where the TCP header begins: 20 bytes before the payload.</summary>
    private static int SegmentIn(byte[] frame) => frame.AsSpan().LastIndexOf("hello"u8) - TcpHeaderLength;

    /// <summary>Where the IP header in front of it begins.</summary>
    private static int InnerIn(byte[] frame)
    {
        var segment = SegmentIn(frame);
        return segment >= 40 && frame[segment - 40] >> 4 == 6 && frame[segment - 34] == 6 ? segment - 40 : segment - 20;
    }

    private static string Named(in Packet packet) => string.Join(' ', (packet.Encapsulation?.Layers ?? []).Select(l => $"{l.Name}:{l.Id}"));

    private static string NamesOf(in Packet packet) => string.Concat((packet.Encapsulation?.Layers ?? []).Select(l => l.Name + " "));
}
