using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>Writes datagrams of no protocol that is read, as of media, games and tunnels with keys: many flows at a time, to and fro.</summary>
/// <param name="protocol">The IP protocol number that they have: UDP's, or one that nobody reads, so that the same bytes are ignored.</param>
/// <param name="begin">When the first is sent, in microseconds.</param>
internal sealed class DatagramGenerator(byte protocol, long begin)
{
    /// <summary>Writes them; but for the protocol the same for all.</summary>
    public void Write(FrameWriter writer)
    {
        var random = new Random(7);
        var payload = new byte[LongestPayload];
        var now = begin;
        for (var round = 0; round < Rounds; round++)
        {
            for (var flow = 0; flow < Flows; flow++)
            {
                var length = random.Next(ShortestPayload, LongestPayload);
                random.NextBytes(payload.AsSpan(0, length));
                payload[0] = FirstBytes[random.Next(FirstBytes.Length)];
                var client = new IpEndpoint(IpAddress.FromIpv4(0x0A09_0000 + (uint)flow), (ushort)(20_000 + flow));
                var server = new IpEndpoint(IpAddress.FromIpv4(0xCB00_7100 + ((uint)flow % 200)), Ports[flow % Ports.Length]);
                var (from, to) = round % 2 == 0 ? (client, server) : (server, client);
                writer.Datagram(now += 3, from, to, payload.AsSpan(0, length), protocol);
            }
        }
    }

    private const int Flows = 4000;
    private const int Rounds = 40;
    private const int ShortestPayload = 60;
    private const int LongestPayload = 1100;

    /// <summary>RTP, WireGuard, STUN-like bytes, and those with QUIC's fixed bit and its long header.</summary>
    private static readonly byte[] FirstBytes = [0x80, 0x90, 0x04, 0x00, 0x20, 0x41, 0xC5];

    private static readonly ushort[] Ports = [3478, 5004, 27_015, 51_820, 9000, 9001];
}
