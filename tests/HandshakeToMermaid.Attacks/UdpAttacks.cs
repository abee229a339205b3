using System.Buffers.Binary;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Dns;

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
        new("100,000 datagrams that look like QUIC", "\"quic\"", Quic),
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

    private static void Quic(AttackFile file)
    {
        var datagram = new byte[1200];
        datagram[0] = 0xC3;
        datagram[4] = 1;
        datagram[5] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(16), 0x4000 | (1200 - 18));
        for (var i = 0; i < 100_000; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(datagram.AsSpan(6), i * 0x1234_5679L);
            file.Udp(AttackFile.Client(i), AttackFile.Server, datagram);
        }
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
