using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>A connection of a sample, with the look-up before it: real bytes of real programs, to be repeated under other addresses.</summary>
internal sealed class ConnectionTemplate
{
    private ConnectionTemplate(List<TemplatePacket> packets, IpEndpoint server, IpEndpoint resolver, Timestamp begin)
    {
        Begin = begin;
        Packets = packets;
        Server = server;
        Resolver = resolver;
    }

    /// <summary>Its packets, in the order of the sample.</summary>
    public IReadOnlyList<TemplatePacket> Packets { get; }

    /// <summary>When it was recorded: its certificates were valid then.</summary>
    public Timestamp Begin { get; }

    /// <summary>Where it leads: left as it is, since the answer of the look-up names it.</summary>
    public IpEndpoint Server { get; }

    /// <summary>Who is asked.</summary>
    public IpEndpoint Resolver { get; }

    /// <summary>Reads the first connection of a sample and its UDP look-ups.</summary>
    public static ConnectionTemplate Read(string path)
    {
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        var decoder = new PacketDecoder(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);
        var packets = new List<TemplatePacket>();
        IpEndpoint client = default, server = default, resolver = default;
        uint clientStart = 0, serverStart = 0;
        Timestamp begin = default;
        while (source.TryRead(out var frame))
        {
            decoder.Decode(in frame, out var packet);
            if (packets.Count == 0) begin = packet.Mark.Time;
            if (packet.Kind == PacketKind.Udp && (packet.Source.Port == 53 || packet.Destination.Port == 53))
            {
                var asks = packet.Destination.Port == 53;
                if (asks) resolver = packet.Destination;
                packets.Add(new TemplatePacket(true, asks, default, 0, 0, [], packet.Payload.ToArray()));
            }

            if (packet.Kind != PacketKind.Tcp || packet.Source.Port == 53 || packet.Destination.Port == 53) continue;
            var isSyn = (packet.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
            if (isSyn && server == default) (client, server, clientStart) = (packet.Source, packet.Destination, packet.Sequence);
            var fromClient = packet.Source == client && packet.Destination == server;
            if (!fromClient && !(packet.Source == server && packet.Destination == client)) continue;
            if (!fromClient && (packet.Flags & TcpFlags.Syn) != 0) serverStart = packet.Sequence;
            var (own, peer) = fromClient ? (clientStart, serverStart) : (serverStart, clientStart);
            var acknowledged = (packet.Flags & TcpFlags.Ack) == 0 ? 0 : packet.Acknowledgment - peer;
            packets.Add(new TemplatePacket(false, fromClient, packet.Flags, packet.Sequence - own, acknowledged, packet.Options.ToArray(), packet.Payload.ToArray()));
        }

        return new ConnectionTemplate(packets, server, resolver, begin);
    }
}
