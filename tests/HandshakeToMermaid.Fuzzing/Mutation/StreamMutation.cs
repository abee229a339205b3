using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Redaction.Captures;

namespace HandshakeToMermaid.Fuzzing.Mutation;

/// <summary>
/// Changes what one side of a TCP connection said, across its segments: the bytes are put together, changed as what they are, and cut up again;
/// sequence numbers, acknowledgments and checksums follow.
/// </summary>
internal static class StreamMutation
{
    /// <summary>Changes a stream of the capture; nothing where it holds none.</summary>
    public static void Change(Node file, StructureMutation mutation, Random random)
    {
        var frames = Frames(file);
        var spoken = frames.FindAll(f => f.Length > 0);
        if (spoken.Count == 0) return;
        var chosen = spoken[random.Next(spoken.Count)];
        var segments = new List<Segment>();
        foreach (var segment in spoken.Where(f => (f.From, f.To) == (chosen.From, chosen.To)))
        {
            if (segments.Count == 0 || segment.Sequence == segments[^1].Sequence + (uint)segments[^1].Length) segments.Add(segment);
        }

        var stream = new Node("stream", [.. segments.SelectMany(s => s.Payload.ToArray())]) { Grammar = FrameGrammar.Stream };
        for (var n = random.Next(1, 5); n > 0; n--) mutation.Change(stream);
        Spread(stream.ToBytes(), segments, frames);
    }

    private static void Spread(byte[] bytes, List<Segment> segments, List<Segment> frames)
    {
        if (bytes.Length > MostBytes) bytes = bytes[..MostBytes];
        var last = segments[^1];
        var (end, grown) = (last.Sequence + (uint)last.Length, (uint)(bytes.Length - segments.Sum(s => s.Length)));
        var at = 0;
        foreach (var segment in segments)
        {
            var length = Math.Clamp(segment == last ? bytes.Length - at : segment.Length, 0, Math.Min(bytes.Length - at, 64_000));
            segment.Say(bytes.AsSpan(at, length));
            at += length;
        }

        foreach (var frame in frames)
        {
            if ((frame.From, frame.To) == (last.From, last.To) && !segments.Contains(frame) && (int)(frame.Sequence - end) >= 0) frame.Shift(4, grown);
            if ((frame.From, frame.To) == (last.To, last.From) && frame.HasAck && (int)(frame.Acknowledgment - end) >= 0) frame.Shift(8, grown);
        }
    }

    private static List<Segment> Frames(Node file)
    {
        var found = new List<Segment>();
        foreach (var frame in file.Open().Children.SelectMany(record => record.Children).Where(child => child.Kind == CaptureGrammar.Frame && child.Children.Count == 0))
        {
            foreach (var link in (ReadOnlySpan<LinkType>)[LinkType.Ethernet, LinkType.LinuxSll, LinkType.LinuxSll2, LinkType.Raw, LinkType.Null])
            {
                if (FrameGrammar.FrameLayers.Of(frame.Bytes, link) is not { Packet: { Protocol: 6, IsWhole: true, Fragment: null } at }) continue;
                found.Add(new Segment(frame, at));
                break;
            }
        }

        return found;
    }

    private const int MostBytes = 256 * 1024;

    private sealed class Segment(Node frame, PacketLayout at)
    {
        public IpEndpoint From { get; } = new(at.Addresses(frame.Bytes).Source, (ushort)Lengths.U16(frame.Bytes, at.Transport));

        public IpEndpoint To { get; } = new(at.Addresses(frame.Bytes).Destination, (ushort)Lengths.U16(frame.Bytes, at.Transport + 2));

        public uint Sequence { get; } = BinaryPrimitives.ReadUInt32BigEndian(frame.Bytes.AsSpan(at.Transport + 4));

        public uint Acknowledgment { get; } = BinaryPrimitives.ReadUInt32BigEndian(frame.Bytes.AsSpan(at.Transport + 8));

        public bool HasAck { get; } = (frame.Bytes[at.Transport + 13] & 0x10) != 0;

        public int Length { get; } = at.End - at.Payload;

        public ReadOnlySpan<byte> Payload => frame.Bytes.AsSpan(at.Payload, Length);

        public void Say(ReadOnlySpan<byte> payload) => Write([.. frame.Bytes.AsSpan(at.Ip, at.Payload - at.Ip), .. payload]);

        /// <summary>Adds to a number of 32 bits of the TCP header.</summary>
        public void Shift(int offset, uint by)
        {
            byte[] packet = [.. frame.Bytes.AsSpan(at.Ip, at.End - at.Ip)];
            var number = packet.AsSpan(at.Transport - at.Ip + offset);
            BinaryPrimitives.WriteUInt32BigEndian(number, BinaryPrimitives.ReadUInt32BigEndian(number) + by);
            Write(packet);
        }

        private void Write(byte[] packet) => frame.Bytes = [.. frame.Bytes.AsSpan(0, at.Ip), .. FrameGrammar.WithChecksums(packet)];
    }
}
