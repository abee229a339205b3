using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Quic;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>QUIC clients whose first datagrams are answered by ICMP errors, or by nothing.</summary>
internal static class PlayedDatagrams
{
    /// <summary>By what happens in them.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["udp: port closed"] = Refused("192.0.2.1", "192.0.2.2", "192.0.2.2", 3, 3),
        ["udp: host unreachable"] = Refused("192.0.2.1", "192.0.2.2", "192.0.2.254", 3, 1),
        ["udp: port closed over IPv6"] = Refused("2001:db8::1", "2001:db8::2", "2001:db8::2", 1, 4),
        ["udp: no route over IPv6"] = Refused("2001:db8::1", "2001:db8::2", "2001:db8::fe", 1, 0),
        ["tcp: no route over IPv6"] = CaptureFileBuilder.Pcap(nanoseconds: true).Frame(At(0), Syn).Frame(At(20), PacketBuilder.IcmpError("2001:db8::fe", "2001:db8::1", 1, 0, Syn.AsSpan(14))).ToArray(),
        ["udp: never answered"] = CaptureFileBuilder.Pcap(nanoseconds: true).Frame(At(0), Datagram("192.0.2.1", "192.0.2.2")).Frame(At(1000), Datagram("192.0.2.1", "192.0.2.2"))
            .Frame(At(3000), Datagram("192.0.2.1", "192.0.2.2")).Frame(At(7000), Datagram("192.0.2.1", "192.0.2.2")).Frame(At(20_000), PacketBuilder.Udp("192.0.2.9:5000", "192.0.2.8:5000", [1, 2, 3])).ToArray(),
    };

    private static byte[] Syn => PacketBuilder.Tcp("[2001:db8::1]:40000", "[2001:db8::2]:443", 100, 0, HandshakeToMermaid.Packets.TcpFlags.Syn);

    private static byte[] Refused(string client, string server, string sender, byte type, byte code) => CaptureFileBuilder.Pcap(nanoseconds: true)
        .Frame(At(0), Datagram(client, server))
        .Frame(At(20), PacketBuilder.IcmpError(sender, client, type, code, Datagram(client, server).AsSpan(14)))
        .ToArray();

    private static byte[] Datagram(string client, string server) =>
        PacketBuilder.Udp(End(client, 40_000), End(server, 443), QuicTalk.Initial(isClient: true, 0, QuicTalk.Crypto(0, TlsBytes.ClientHello13())));

    private static string End(string address, int port) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static Timestamp At(int milliseconds) => new Timestamp(1_700_000_000L * Timestamp.PerSecond) + Duration.FromMilliseconds(milliseconds);
}
