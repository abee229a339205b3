using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets;

/// <summary>What holds for any bytes. Each frame ends where memory begins that must not be read.</summary>
public sealed class PacketLaws : IDisposable
{
    private readonly GuardedMemory memory = new();

    public void Dispose() => memory.Dispose();

    [Fact]
    public void Every_prefix_of_a_frame_is_decoded_and_yields_nothing_beyond_it()
    {
        foreach (var (link, frame) in Samples())
        {
            for (var length = 0; length <= frame.Length; length++)
            {
                foreach (var originalLength in new[] { (uint)length, (uint)frame.Length, 0u, uint.MaxValue }) DecodeWithin(Decoder(), frame[..length], link, originalLength);
            }
        }
    }

    [Fact]
    public void Every_single_changed_byte_of_a_header_is_decoded()
    {
        foreach (var (link, frame) in Samples())
        {
            var decoder = Decoder();
            for (var at = 0; at < frame.Length; at++)
            {
                foreach (byte value in new byte[] { 0, 1, 0x0F, 0x40, 0x45, 0x60, 0x7F, 0x80, 0xFF })
                {
                    var changed = frame.ToArray();
                    changed[at] = value;
                    DecodeWithin(decoder, changed, link, (uint)frame.Length);
                }
            }
        }
    }

    [Fact]
    public void Random_frames_of_every_link_never_throw()
    {
        var random = new Random(101);
        foreach (var link in LinkTypeCatalog.All.Select(l => l.Type).Append(new LinkType(9)))
        {
            var decoder = Decoder(new AnalyzerLimits { FragmentedDatagrams = 16, FragmentsPerDatagram = 4 });
            for (var round = 0; round < 100_000; round++)
            {
                var frame = new byte[random.Next(0, 140)];
                random.NextBytes(frame);
                DecodeWithin(decoder, frame, link, (uint)random.Next(0, 300));
            }

            Assert.InRange(decoder.FragmentedDatagramsWaiting, 0, 16);
        }
    }

    [Fact]
    public void Random_bytes_behind_an_IP_header_never_throw()
    {
        var random = new Random(102);
        byte[] protocols = [0, 1, 6, 17, 43, 44, 51, 58, 59, 60, 135];
        var decoder = Decoder(new AnalyzerLimits { FragmentedDatagrams = 16, FragmentsPerDatagram = 4 });
        for (var round = 0; round < 100_000; round++)
        {
            var payload = new byte[random.Next(0, 100)];
            random.NextBytes(payload);
            if (payload.Length > 2)
            {
                payload[0] = protocols[random.Next(protocols.Length)];
                payload[1] %= 8;
            }

            var protocol = protocols[random.Next(protocols.Length)];
            var (from, to) = (new IpAddress(1, 0), new IpAddress(2, 0));
            var ip = round % 2 == 0
                ? PacketBuilder.Ipv6(from, to, protocol, payload)
                : PacketBuilder.Ipv4(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), protocol, payload, fragment: (ushort)(random.Next(3) == 0 ? random.Next(0x4000) : 0));
            DecodeWithin(decoder, ip, LinkType.Raw, (uint)ip.Length);
        }
    }

    [Fact]
    public void Decoding_segments_allocates_nothing()
    {
        var frames = new[]
        {
            PacketBuilder.Tcp(Client, Server, 1, 2, TcpFlags.Ack, new byte[1460], options: [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]),
            PacketBuilder.Tcp(Client6, Server6, 1, 2, TcpFlags.Ack, new byte[1440]),
            PacketBuilder.Udp(Client, Server, new byte[60]),
            PacketBuilder.Ethernet(TcpOverIp(), (0x8100, 7)),
            PacketBuilder.IcmpError("192.0.2.9", "192.0.2.1", 3, 1, TcpOverIp()),
        };
        var decoder = Decoder();
        Run(decoder, frames);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var total = Run(decoder, frames);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000L * (1460 + 1440 + 60 + 5), total);

        static long Run(PacketDecoder decoder, byte[][] frames)
        {
            long total = 0;
            for (var round = 0; round < 10_000; round++)
            {
                foreach (var bytes in frames)
                {
                    decoder.Decode(new CapturedFrame(new FrameMark(round + 1, default), LinkType.Ethernet, bytes, (uint)bytes.Length), out var packet);
                    total += packet.Payload.Length;
                }
            }

            return total;
        }
    }

    private void DecodeWithin(PacketDecoder decoder, byte[] bytes, LinkType link, uint originalLength)
    {
        var frame = memory.Place(bytes);
        decoder.Decode(new CapturedFrame(new FrameMark(1, default), link, frame, originalLength), out var packet);
        Assert.Equal(packet.Kind == PacketKind.Broken, packet.Fault.IsFault);
        Assert.True(packet.Payload.Length <= packet.PayloadLength);
        Assert.True(packet.Options.Length <= 40);
        if (decoder.FragmentedDatagramsWaiting > 0) return; // reassembled bytes lie elsewhere
        if (!packet.Payload.IsEmpty) Assert.True(((ReadOnlySpan<byte>)frame).Overlaps(packet.Payload, out var at) && at + packet.Payload.Length <= frame.Length);
        if (!packet.Options.IsEmpty) Assert.True(((ReadOnlySpan<byte>)frame).Overlaps(packet.Options, out var start) && start + packet.Options.Length <= frame.Length);
    }

    private static List<(LinkType Link, byte[] Frame)> Samples()
    {
        var (ip, ip6) = (TcpOverIp(), TcpOverIp(Client6, Server6));
        var options = PacketBuilder.Tcp(Client, Server, 1, 0, TcpFlags.Syn, options: [2, 4, 5, 0xB4, 4, 2, 1, 1]);
        var (from, to) = (PacketBuilder.Address("2001:db8::1"), PacketBuilder.Address("2001:db8:7::7"));
        return
        [
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip, (0x88A8, 1), (0x8100, 2))),
            (LinkType.Ethernet, PacketBuilder.Ethernet(ip6)),
            (LinkType.Ethernet, options),
            (LinkType.Ethernet, PacketBuilder.Snap(ip)),
            (LinkType.Ethernet, PacketBuilder.IcmpError("192.0.2.9", "192.0.2.1", 3, 1, ip)),
            (LinkType.Ethernet, PacketBuilder.IcmpError("2001:db8::9", "2001:db8::1", 2, 0, ip6)),
            (LinkType.Ethernet, PacketBuilder.Ethernet(PacketBuilder.Ipv6(from, to, 0, PacketBuilder.Ipv6Extension(6, new byte[14], ip6.AsSpan(40))))),
            (LinkType.LinuxSll, PacketBuilder.LinuxCooked(ip)),
            (LinkType.LinuxSll2, PacketBuilder.LinuxCooked2(ip6)),
            (LinkType.Null, PacketBuilder.Loopback(ip, 2, bigEndian: false)),
            (LinkType.Loop, PacketBuilder.Loopback(ip6, 24, bigEndian: true)),
            (LinkType.Raw, ip),
            (LinkType.Ipv6, ip6),
        ];
    }
}
