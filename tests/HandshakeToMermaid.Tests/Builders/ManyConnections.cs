using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A busy capture: clients that connect to some servers again and again, each beginning a TLS 1.3 handshake or being refused.</summary>
internal static class ManyConnections
{
    /// <summary>A pcap with so many connections.</summary>
    /// <param name="count">How many.</param>
    /// <param name="servers">Over how many servers; every fifth refuses.</param>
    /// <param name="snapLength">Bytes that are kept of a frame.</param>
    public static byte[] Pcap(int count, int servers, int snapLength = 262_144)
    {
        var file = CaptureFileBuilder.Pcap(snapLength: snapLength);
        var now = new Timestamp(1_700_000_000L * Timestamp.PerSecond);
        for (var i = 0; i < count; i++)
        {
            var server = i % servers;
            var (client, peer) = ($"192.0.2.{1 + (i % 200)}:{20_000 + (i / 200)}", $"198.51.100.{1 + (server % 200)}:{443 + (server / 200)}");
            foreach (var frame in server % 5 == 4 ? Refused(client, peer) : Begun(client, peer, $"server{server}.example.com"))
            {
                file.Frame(now, frame);
                now += Duration.FromMilliseconds(1);
            }
        }
        return file.ToArray();
    }

    private static IEnumerable<byte[]> Refused(string client, string server)
    {
        yield return PacketBuilder.Tcp(client, server, 1000, 0, TcpFlags.Syn);
        yield return PacketBuilder.Tcp(server, client, 0, 1001, TcpFlags.Rst | TcpFlags.Ack);
    }

    private static IEnumerable<byte[]> Begun(string client, string server, string name)
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13(name));
        var answer = TlsBytes.Join(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(1200));
        var finished = TlsBytes.Join(TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(53));
        var (c, s) = (1001u, 5001u);
        yield return PacketBuilder.Tcp(client, server, 1000, 0, TcpFlags.Syn);
        yield return PacketBuilder.Tcp(server, client, 5000, c, TcpFlags.Syn | TcpFlags.Ack);
        yield return PacketBuilder.Tcp(client, server, c, s, TcpFlags.Ack);
        yield return PacketBuilder.Tcp(client, server, c, s, TcpFlags.Ack | TcpFlags.Psh, hello);
        c += (uint)hello.Length;
        yield return PacketBuilder.Tcp(server, client, s, c, TcpFlags.Ack | TcpFlags.Psh, answer);
        s += (uint)answer.Length;
        yield return PacketBuilder.Tcp(client, server, c, s, TcpFlags.Ack | TcpFlags.Psh, finished);
        c += (uint)finished.Length;
        yield return PacketBuilder.Tcp(client, server, c, s, TcpFlags.Ack | TcpFlags.Psh, TlsBytes.Encrypted(200));
        c += 205;
        yield return PacketBuilder.Tcp(server, client, s, c, TcpFlags.Ack | TcpFlags.Psh, TlsBytes.Encrypted(400));
        yield return PacketBuilder.Tcp(server, client, s + 405, c, TcpFlags.Ack | TcpFlags.Fin);
        yield return PacketBuilder.Tcp(client, server, c, s + 406, TcpFlags.Ack | TcpFlags.Fin);
    }
}
