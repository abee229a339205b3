using System.Buffers.Binary;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>
/// Repeats recorded connections under ever new client addresses, ports and initial sequence numbers, many at a time. The
/// handshakes themselves stay byte for byte, so that the samples' key logs open them and their signatures hold.
/// </summary>
internal sealed class CaptureGenerator(IReadOnlyList<ConnectionTemplate> templates, CaptureShape shape)
{
    private readonly Random random = new(7);
    private readonly byte[] bulk = new byte[SegmentBytes];
    private long now = templates[0].Begin.Nanoseconds / 1000;

    /// <summary>Writes the capture; the same for the same templates and shape.</summary>
    public void Write(FrameWriter writer)
    {
        random.NextBytes(bulk);
        var running = new List<Running>();
        var begun = 0;
        while ((running.Count > 0 || begun < shape.Connections) && writer.Frames < shape.MostPackets)
        {
            while (running.Count < shape.Concurrency && begun < shape.Connections) running.Add(Begin(begun++));
            var at = random.Next(running.Count);
            if (Step(running[at], writer)) continue;
            running[at] = running[^1];
            running.RemoveAt(running.Count - 1);
        }
    }

    private Running Begin(int number)
    {
        var template = templates[number % templates.Count];
        var host = (uint)(number % Clients);
        var port = (ushort)(10_240 + (number / Clients));
        return new Running(template)
        {
            Client = new IpEndpoint(AddressOf(host, template.Server), port),
            Asker = new IpEndpoint(AddressOf(host, template.Resolver), (ushort)(port ^ 0x8000)),
            Query = (ushort)random.Next(),
            ClientStart = (uint)random.NextInt64(),
            ServerStart = (uint)random.NextInt64(),
            BulkLeft = shape.BulkBytes,
        };
    }

    /// <summary>A host's address of the peer's family: hosts have both.</summary>
    private static IpAddress AddressOf(uint host, IpEndpoint peer) =>
        peer.Address.IsIpv4 ? IpAddress.FromIpv4(0x0A01_0000 + host) : new IpAddress(0xFD00_0001_0000_0000, host + 1);

    /// <summary>Writes a connection's next packet; false where there is none left.</summary>
    private bool Step(Running run, FrameWriter writer)
    {
        if (run.Next == run.Template.Packets.Count) return false;
        now += 1 + random.Next(9);
        var packet = run.Template.Packets[run.Next];
        if (packet.IsFin && run.BulkLeft > 0)
        {
            Bulk(run, writer);
            return true;
        }

        run.Next++;
        if (packet.IsDns)
        {
            var payload = packet.Payload.AsSpan();
            BinaryPrimitives.WriteUInt16BigEndian(payload, run.Query);
            if (packet.FromClient) writer.Udp(now, run.Asker, run.Template.Resolver, payload);
            else writer.Udp(now, run.Template.Resolver, run.Asker, payload);
            return true;
        }

        var hasAck = (packet.Flags & TcpFlags.Ack) != 0;
        if (packet.FromClient)
        {
            writer.Tcp(
                now, run.Client, run.Template.Server, run.ClientStart + packet.Sequence, hasAck ? run.ServerStart + packet.Acknowledgment + run.BulkSent : 0, packet.Flags,
                packet.Options, packet.Payload);
        }
        else
        {
            writer.Tcp(
                now, run.Template.Server, run.Client, run.ServerStart + packet.Sequence + run.BulkSent, hasAck ? run.ClientStart + packet.Acknowledgment : 0, packet.Flags,
                packet.Options, packet.Payload);
            if (!packet.IsFin) run.ServerNext = packet.Sequence + (uint)packet.Payload.Length + ((packet.Flags & TcpFlags.Syn) != 0 ? 1u : 0);
        }

        return true;
    }

    /// <summary>A segment of application data: records of 16 KiB, cut at the segment size. Every other is acknowledged.</summary>
    private void Bulk(Running run, FrameWriter writer)
    {
        if (run.InRecord == 0)
        {
            // A record's header stands at the start of a segment.
            bulk.AsSpan(0, 5).Clear();
            (bulk[0], bulk[1], bulk[2]) = (23, 3, 3);
            BinaryPrimitives.WriteUInt16BigEndian(bulk.AsSpan(3), RecordBytes);
            run.InRecord = 5 + RecordBytes;
        }
        else
        {
            bulk[0] = (byte)random.Next();
        }

        var length = Math.Min(SegmentBytes, run.InRecord);
        writer.Tcp(now, run.Template.Server, run.Client, run.ServerStart + run.ServerNext + run.BulkSent, run.ClientStart + 1, TcpFlags.Ack, [], bulk.AsSpan(0, length));
        run.InRecord -= length;
        run.BulkSent += (uint)length;
        run.BulkLeft -= length;
        if (run.InRecord == 0 || run.BulkLeft > 0) run.IsAcknowledged = !run.IsAcknowledged;
        if (run.IsAcknowledged) writer.Tcp(now, run.Client, run.Template.Server, run.ClientStart + 1, run.ServerStart + run.ServerNext + run.BulkSent, TcpFlags.Ack, [], []);
        if (run.BulkLeft <= 0 && run.InRecord > 0) run.BulkLeft = run.InRecord;
    }

    private const int Clients = 2000;
    private const int SegmentBytes = 1400;
    private const int RecordBytes = 16 * 1024;

    private sealed class Running(ConnectionTemplate template)
    {
        public ConnectionTemplate Template { get; } = template;

        public IpEndpoint Client { get; init; }

        public IpEndpoint Asker { get; init; }

        public ushort Query { get; init; }

        public uint ClientStart { get; init; }

        public uint ServerStart { get; init; }

        public int Next { get; set; }

        public long BulkLeft { get; set; }

        public uint BulkSent { get; set; }

        public int InRecord { get; set; }

        public uint ServerNext { get; set; }

        public bool IsAcknowledged { get; set; }
    }
}
