using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>What two endpoints said, without the packets around it.</summary>
/// <param name="Kind">TCP or UDP.</param>
/// <param name="Port">The port of the side that did not begin.</param>
internal sealed record Conversation(PacketKind Kind, ushort Port)
{
    /// <summary>What was said, in order; true where the side that began said it.</summary>
    public List<(bool IsFirst, byte[] Bytes)> Said { get; } = [];

    /// <summary>The conversations of a capture; of TCP what came in order, and only once.</summary>
    public static IReadOnlyCollection<Conversation> Of(Material material)
    {
        var all = new Dictionary<(IpEndpoint, IpEndpoint), Conversation>();
        var next = new Dictionary<(IpEndpoint, IpEndpoint), uint>();
        var decoder = new PacketDecoder(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);
        foreach (var frame in material.Capture.Frames)
        {
            decoder.Decode(new CapturedFrame(new FrameMark(frame.Number, frame.Time), frame.Link, frame.Data, frame.OriginalLength), out var packet);
            if (packet.Kind is not (PacketKind.Tcp or PacketKind.Udp) || packet.Payload.IsEmpty) continue;
            var (way, back) = ((packet.Source, packet.Destination), (packet.Destination, packet.Source));
            if (packet.Kind == PacketKind.Tcp)
            {
                if (next.TryGetValue(way, out var expected) && packet.Sequence != expected) continue;
                next[way] = packet.Sequence + (uint)packet.Payload.Length;
            }

            var isFirst = !all.ContainsKey(back);
            if (!all.TryGetValue(isFirst ? way : back, out var known)) all[way] = known = new Conversation(packet.Kind, packet.Destination.Port);
            known.Said.Add((isFirst, packet.Payload.ToArray()));
        }

        return all.Values;
    }

    /// <summary>All that one side said.</summary>
    public byte[] Of(bool isFirst) => [.. Said.Where(s => s.IsFirst == isFirst).SelectMany(s => s.Bytes)];
}
