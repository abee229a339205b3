using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Attacks;

/// <summary>Floods of connections, and streams that are hard to put in order.</summary>
internal static class TcpAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new("1,000,000 SYNs", "followed no further", file => Syns(file, 1_000_000, 3)),
        new("10,000,000 SYNs", "followed no further", file => Syns(file, 10_000_000, 3)),
        new("400,000 SYNs, 1 ms apart", "tcp_timeout", file => Syns(file, 400_000, 1000)),
        new("500,000 SYNs, each reset", "tcp_refused", Resets),
        new("200,000 partial ClientHellos", "followed no further", PartialHellos),
        new("2,000 connections, a byte a segment", "slow.example", Trickles),
        new("5,000 connections that never fill a gap", "followed no further", Gaps),
        new("300,000 rewrites of the same bytes", "\"tcp\"", Rewrites),
        new("times that jump", "\"established\"|\"no_server_hello\"|incomplete", Jumps),
    ];

    private static void Syns(AttackFile file, int count, long step)
    {
        for (var i = 0; i < count; i++) file.Tcp(AttackFile.Client(i), AttackFile.Server, (uint)i, 0, TcpFlags.Syn, step: step);
    }

    private static void Resets(AttackFile file)
    {
        for (var i = 0; i < 500_000; i++)
        {
            file.Tcp(AttackFile.Client(i), AttackFile.Server, (uint)i, 0, TcpFlags.Syn);
            file.Tcp(AttackFile.Server, AttackFile.Client(i), 0, (uint)i + 1, TcpFlags.Rst | TcpFlags.Ack);
        }
    }

    private static void PartialHellos(AttackFile file)
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13("partial.example", TlsBytes.Extension(21, new byte[3000]))).AsSpan(0, 200);
        for (var i = 0; i < 200_000; i++)
        {
            Open(file, i);
            file.Tcp(AttackFile.Client(i), AttackFile.Server, 1000, 5000, TcpFlags.Ack | TcpFlags.Psh, hello);
        }
    }

    private static void Trickles(AttackFile file)
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13("slow.example"));
        for (var i = 0; i < 2000; i++) Open(file, i);
        for (var at = 0; at < hello.Length; at++)
        {
            for (var i = 0; i < 2000; i++) file.Tcp(AttackFile.Client(i), AttackFile.Server, 1000 + (uint)at, 5000, TcpFlags.Ack | TcpFlags.Psh, hello.AsSpan(at, 1));
        }
    }

    private static void Gaps(AttackFile file)
    {
        var bytes = new byte[1400];
        for (var i = 0; i < 5000; i++)
        {
            Open(file, i);
            for (uint j = 1; j <= 40; j++) file.Tcp(AttackFile.Client(i), AttackFile.Server, 1000 + (1500 * j), 5000, TcpFlags.Ack, bytes);
        }
    }

    private static void Rewrites(AttackFile file)
    {
        var random = new Random(1);
        var bytes = new byte[900];
        Open(file, 0);
        for (var i = 0; i < 300_000; i++)
        {
            random.NextBytes(bytes);
            file.Tcp(AttackFile.Client(0), AttackFile.Server, 1000 + (uint)random.Next(59_000), 5000, TcpFlags.Ack, bytes.AsSpan(0, random.Next(1, 900)));
        }
    }

    private static void Jumps(AttackFile file)
    {
        var random = new Random(2);
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13("clock.example"));
        for (var i = 0; i < 50_000; i++)
        {
            file.Microseconds = random.Next(5) switch { 0 => 0, 1 => 1_000_000, 2 => 2_147_483_647_000_000, 3 => 4_294_967_000_000_000, _ => 1_700_000_000_000_000 };
            Open(file, i);
            file.Tcp(AttackFile.Client(i), AttackFile.Server, 1000, 5000, TcpFlags.Ack | TcpFlags.Psh, hello);
        }
    }

    private static void Open(AttackFile file, int number)
    {
        file.Tcp(AttackFile.Client(number), AttackFile.Server, 999, 0, TcpFlags.Syn);
        file.Tcp(AttackFile.Server, AttackFile.Client(number), 4999, 1000, TcpFlags.Syn | TcpFlags.Ack);
        file.Tcp(AttackFile.Client(number), AttackFile.Server, 1000, 5000, TcpFlags.Ack);
    }
}
