using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Dns;
using HandshakeToMermaid.Tests.Protocols.Quic;

namespace HandshakeToMermaid.Attacks;

/// <summary>Floods of datagrams.</summary>
internal static class UdpAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new("500,000 DNS queries without answers", "DNS queries were followed no further", file => Queries(file, isAnswered: false)),
        new("500,000 names, each answered", "500000 DNS resolutions", file => Queries(file, isAnswered: true)),
        new("200,000 answers that were not asked for", "200000 DNS resolutions|no handshake", Answers),
        new("200,000 names of pointers to themselves", "no handshake", Pointers),
        new("100,000 datagrams that look like QUIC", "\"quic\"", file => Quic(file, 100_000)),
        new("1,000,000 datagrams that look like QUIC", "\"quic\"", file => Quic(file, 1_000_000)),
        new("200 QPACK tables of 50,000 copies and sections of 50,000 references", "QUIC v1", Qpack),
        new("500,000 first fragments", "datagrams were discarded", Fragments),
    ];

    private static void Queries(AttackFile file, bool isAnswered)
    {
        for (var i = 0; i < 500_000; i++)
        {
            var name = $"{i:x8}.example.com";
            file.Udp(AttackFile.Client(i), Resolver, DnsMessageBuilder.Query((ushort)i, name, 1).Build());
            if (isAnswered) file.Udp(Resolver, AttackFile.Client(i), DnsMessageBuilder.Response((ushort)i, name, 1).Address(name, "198.51.100.1").Build());
        }
    }

    private static void Answers(AttackFile file)
    {
        for (var i = 0; i < 200_000; i++)
        {
            var name = $"{i:x8}.example.com";
            file.Udp(Resolver, AttackFile.Client(i), DnsMessageBuilder.Response((ushort)i, name, 1).Address(name, "198.51.100.1").Build());
        }
    }

    private static void Pointers(AttackFile file)
    {
        var message = new byte[12 + 1300];
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x0001_8180);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), 0x0001_012C);
        for (var at = 12; at < message.Length; at += 2) BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at), (ushort)(0xC000 | Math.Max(12, at - 2)));
        for (var i = 0; i < 200_000; i++) file.Udp(Resolver, AttackFile.Client(i), message);
    }

    private static void Quic(AttackFile file, int count)
    {
        var datagram = new byte[1200];
        datagram[0] = 0xC3;
        datagram[4] = 1;
        datagram[5] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(16), 0x4000 | (1200 - 18));
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(datagram.AsSpan(6), i * 0x1234_5679L);
            file.Udp(AttackFile.Client(i), AttackFile.Server, datagram);
        }
    }

    /// <summary>RFC 9204: an entry of 4,000 bytes, copies of it, and then nothing but references to them; decrypted with the secrets inside the capture.</summary>
    private static void Qpack(AttackFile file)
    {
        byte[] secret = TlsBytes.Fill(32, 0xC5), random = TlsBytes.Fill(32, 0xC1);
        var seal = new QuicSeal(new QuicVersion(1), secret);
        byte[] instructions = [2, 0x3F, 0xE1, 0xFF, 0x03, 0x41, (byte)'a', 0x7F, 0xA1, 0x1E, .. TlsBytes.Fill(4000, 0x61), .. new byte[50_000]];
        byte[] section = [0, 0, .. TlsBytes.Fill(50_000, 0xD1)];
        byte[] headers = [1, 0x80, .. TlsBytes.U24(section.Length), .. section];
        var hello = QuicTalk.Initial(isClient: true, 0, QuicTalk.Crypto(0, QuicTalk.Http3Hello()));
        var answer = QuicTalk.Initial(isClient: false, 0, QuicTalk.Crypto(0, TlsBytes.ServerHello13()));
        byte[][] said = [seal.Short(QuicTalk.ServerId, 1, 0, [0x0A, 2, 0x80, .. TlsBytes.U24(instructions.Length), .. instructions]), seal.Short(QuicTalk.ServerId, 2, 0, [0x0A, 0, 0x80, .. TlsBytes.U24(headers.Length), .. headers])];
        var capture = CaptureFileBuilder.PcapNg().Secrets($"CLIENT_TRAFFIC_SECRET_0 {Convert.ToHexStringLower(random)} {Convert.ToHexStringLower(secret)}\n");
        var time = 0L;
        for (var i = 0; i < 200; i++)
        {
            foreach (var (isClient, datagram) in ((bool, byte[])[])[(true, hello), (false, answer), (true, said[0]), (true, said[1])])
            {
                var (from, to) = isClient ? (AttackFile.Client(i), AttackFile.Server) : (AttackFile.Server, AttackFile.Client(i));
                capture.Frame(new Timestamp(time += 1_000_000), PacketBuilder.Ethernet(PacketBuilder.Ip(from.Address, to.Address, 17, PacketBuilder.UdpDatagram(from, to, datagram))));
            }
        }

        file.Raw(capture.ToArray());
    }

    private static void Fragments(AttackFile file)
    {
        var datagram = PacketBuilder.UdpDatagram(AttackFile.Client(1), AttackFile.Server, new byte[400]);
        for (uint i = 0; i < 500_000; i++)
        {
            file.Frame(PacketBuilder.Ethernet(PacketBuilder.IpFragment(AttackFile.Client((int)i).Address, AttackFile.Server.Address, 17, datagram, 0, 200, i & 0xFFFF)));
        }
    }

    private static readonly IpEndpoint Resolver = new(IpAddress.FromIpv4(0x0A35_0035), 53);
}
