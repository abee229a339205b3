using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>
/// One pass over a QUIC flow. Packets come in any order, and the keys of one may follow from a later one, so all are read before any is decrypted.
/// </summary>
/// <param name="setting">The caps and the secrets.</param>
/// <param name="inside">Begins the protocol on the streams, given the direction in which the client sends; null to draw them as data.</param>
internal sealed class QuicSession(TlsSetting setting, Func<Direction, IMultiplexedSession>? inside)
{
    private readonly QuicHalf[] halves = [new(), new()];
    private readonly List<RecordedPacket> packets = [];

    /// <summary>Reads a flow.</summary>
    public IReadOnlyList<ProtocolFacts> Read(RecordedUdpFlow flow)
    {
        foreach (var datagram in flow.Datagrams) Take(datagram);
        halves[0].Count(flow.OmittedOf(Direction.Forward));
        halves[1].Count(flow.OmittedOf(Direction.Reverse));
        using var reconstruction = new QuicReconstruction(setting, flow, halves, inside);
        return reconstruction.Reconstruct(packets);
    }

    private void Take(RecordedDatagram datagram)
    {
        var half = halves[(int)datagram.From];
        var rest = datagram.Payload.Span;
        var wireLength = datagram.Length;
        while (QuicPacket.TryRead(ref rest, ref wireLength, out var packet))
        {
            if (datagram.Path == 0) half.Count(in packet, datagram.Mark);
            if (datagram.Path == 0 && packet.IsCut && packet.Type != QuicPacketType.OneRtt) half.HasGap = true;
            packets.Add(new RecordedPacket(
                datagram.From, packet.Type, packet.Version, packet.Destination.ToArray(), packet.Source.ToArray(), packet.Bytes.ToArray(), packet.NumberOffset, packet.IsCut, datagram.Mark)
            {
                Token = packet.TokenOffset..(packet.TokenOffset + packet.TokenLength), Path = datagram.Path,
            });
        }
    }
}
