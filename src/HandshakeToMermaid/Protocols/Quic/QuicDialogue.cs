using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>
/// Follows QUIC over one UDP flow. Packets come in any order and keys may come later, so what came is kept, bounded, and opened when
/// somebody asks: all of the handshake, the first packets behind it, and the last few, for how it ended. A connection that moves to
/// other endpoints is not followed there.
/// </summary>
/// <param name="setting">The caps and the secrets.</param>
/// <param name="flow">The flow.</param>
public sealed class QuicDialogue(TlsSetting setting, UdpFlow flow) : IDatagramDialogue
{
    private readonly QuicHalf[] halves = [new(), new()];
    private readonly List<KeptPacket> kept = [];
    private readonly Queue<KeptPacket>[] last = [new(), new()];
    private readonly int[] keptOneRtt = new int[2];
    private IReadOnlyList<ProtocolFacts>? learned;
    private int keptBytes;

    /// <inheritdoc/>
    public bool IsOver => false;

    /// <inheritdoc/>
    public bool Datagram(Direction from, in Packet packet)
    {
        var rest = packet.Payload;
        var wireLength = Math.Max(packet.PayloadLength, rest.Length);
        while (QuicPacket.TryRead(ref rest, ref wireLength, out var one))
        {
            halves[(int)from].Count(in one, packet.Mark);
            if (one.IsCut && one.Type != QuicPacketType.OneRtt) halves[(int)from].HasGap = true;
            Keep(from, in one, packet.Mark);
        }

        return true;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> SoFar() => learned ?? Tell();

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish() => learned ??= Tell();

    private void Keep(Direction from, in QuicPacket packet, FrameMark mark)
    {
        var entry = new KeptPacket(
            from, packet.Type, packet.Version, packet.Destination.ToArray(), packet.Source.ToArray(), packet.Bytes.ToArray(), packet.NumberOffset, packet.IsCut, mark);
        var isData = packet.Type is QuicPacketType.OneRtt or QuicPacketType.ZeroRtt;
        var fits = keptBytes + entry.Bytes.Length <= setting.Limits.SealedBytes && kept.Count < setting.Limits.MessagesPerConnection * 2;
        if (fits && (!isData || keptOneRtt[(int)from] < MostDataPackets))
        {
            if (isData) keptOneRtt[(int)from]++;
            keptBytes += entry.Bytes.Length;
            kept.Add(entry);
            return;
        }

        if (!isData) halves[(int)from].HasGap = true;
        if (packet.Type != QuicPacketType.OneRtt || entry.Bytes.Length > LongestClose) return;
        last[(int)from].Enqueue(entry);
        if (last[(int)from].Count > KeptAtEnd) last[(int)from].Dequeue();
    }

    private IReadOnlyList<ProtocolFacts> Tell()
    {
        using var telling = new QuicTelling(setting, flow, halves);
        return telling.Tell([.. kept, .. last[0].Concat(last[1]).OrderBy(p => p.Mark.Frame)]);
    }

    /// <summary>Packets of data kept of each direction: tickets, the first exchange and what acknowledges it.</summary>
    private const int MostDataPackets = 32;

    private const int KeptAtEnd = 8;

    /// <summary>A packet that closes holds little else.</summary>
    private const int LongestClose = 512;
}
