using System.Buffers.Binary;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Protocols.Quic;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>
/// Repeats a recorded QUIC connection under ever new client addresses, ports and connection ids, many at a time. Initial packets are sealed again, since their
/// keys come from the client's first connection id (RFC 9001 section 5.2); the other packets stay as they are, behind their new ids.
/// </summary>
/// <param name="path">The recorded connection.</param>
/// <param name="connections">How many there are.</param>
internal sealed class QuicGenerator(string path, int connections)
{
    private readonly List<(bool FromClient, List<Part> Parts)> datagrams = [];
    private readonly HashSet<string> ids = [];
    private byte[] destination = [];
    private IpEndpoint client, server;
    private long begin;

    /// <summary>Writes the capture; the same for the same connection and number.</summary>
    public void Write(FrameWriter writer)
    {
        Read();
        var now = begin;
        for (var first = 0; first < connections; first += Concurrency)
        {
            var fresh = Enumerable.Range(first, Math.Min(Concurrency, connections - first)).Select(n => new Repeated(this, n)).ToList();
            for (var i = 0; i < datagrams.Count; i++)
            {
                foreach (var repeated in fresh) repeated.Write(writer, now += 4, datagrams[i]);
            }
        }
    }

    private void Read()
    {
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        var decoder = new PacketDecoder(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);
        while (source.TryRead(out var frame))
        {
            decoder.Decode(in frame, out var packet);
            if (packet.Kind != PacketKind.Udp || packet.Source.Port == 53 || packet.Destination.Port == 53) continue;
            if (datagrams.Count == 0) (client, server, begin) = (packet.Source, packet.Destination, packet.Mark.Time.Nanoseconds / 1000);
            datagrams.Add((packet.Source == client, [.. Parts(packet.Payload, packet.Source == client)]));
        }
    }

    private List<Part> Parts(ReadOnlySpan<byte> datagram, bool fromClient)
    {
        var parts = new List<Part>();
        var length = datagram.Length;
        while (QuicPacket.TryRead(ref datagram, ref length, out var packet))
        {
            if (destination.Length == 0) destination = packet.Destination.ToArray();
            if (packet.Type != QuicPacketType.OneRtt) ids.UnionWith([Convert.ToHexString(packet.Destination), Convert.ToHexString(packet.Source)]);
            using var keys = packet.Type == QuicPacketType.Initial ? QuicKeys.Initial(packet.Version, destination, fromClient) : null;
            var payload = keys?.TryOpen(packet.Bytes, packet.NumberOffset, out var header, out var number) is { } opened
                ? new Payload(packet.Version, header, number, opened) : null;
            parts.Add(new Part(packet.Bytes.ToArray(), packet.Type != QuicPacketType.OneRtt, payload));
        }

        return parts;
    }

    private const int Concurrency = 1000;

    /// <summary>An opened Initial packet.</summary>
    private sealed record Payload(QuicVersion Version, byte[] Header, ulong Number, byte[] Frames);

    /// <summary>A packet of a datagram.</summary>
    private sealed record Part(byte[] Bytes, bool IsLong, Payload? Opened);

    /// <summary>One connection.</summary>
    private sealed class Repeated(QuicGenerator template, int number)
    {
        private readonly IpEndpoint client = new(IpAddress.FromIpv4(0x0A01_0000 + (uint)(number % 2000)), (ushort)(10_240 + (number / 2000)));

        public void Write(FrameWriter writer, long microseconds, (bool FromClient, List<Part> Parts) datagram)
        {
            var bytes = new List<byte>();
            foreach (var part in datagram.Parts) bytes.AddRange(Packet(part, datagram.FromClient));
            var (from, to) = datagram.FromClient ? (client, template.server) : (template.server, client);
            writer.Udp(microseconds, from, to, [.. bytes]);
        }

        private byte[] Packet(Part part, bool fromClient)
        {
            var packet = part.Bytes.ToArray();
            if (!part.IsLong)
            {
                Change(packet.AsSpan(1, LengthIn(packet.AsSpan(1))));
            }
            else if (part.Opened is not { } opened)
            {
                ChangeBoth(packet);
            }
            else
            {
                var (header, destination) = (opened.Header.ToArray(), template.destination.ToArray());
                ChangeBoth(header);
                Change(destination);
                using var keys = QuicKeys.Initial(opened.Version, destination, fromClient)!;
                keys.Seal(header, opened.Number, opened.Frames, packet);
            }

            return packet;
        }

        private void ChangeBoth(Span<byte> header)
        {
            int length = header[5];
            Change(header.Slice(6, length));
            Change(header.Slice(7 + length, header[6 + length]));
        }

        /// <summary>Another id for each connection, of the same length.</summary>
        private void Change(Span<byte> id)
        {
            if (id.Length < sizeof(uint)) return;
            BinaryPrimitives.WriteUInt32BigEndian(id, BinaryPrimitives.ReadUInt32BigEndian(id) ^ ((uint)(number + 1) * 2_654_435_761));
        }

        private int LengthIn(ReadOnlySpan<byte> bytes)
        {
            foreach (var id in template.ids)
            {
                if (id.Length > 0 && bytes.Length >= id.Length / 2 && Convert.ToHexString(bytes[..(id.Length / 2)]) == id) return id.Length / 2;
            }

            return 0;
        }
    }
}
