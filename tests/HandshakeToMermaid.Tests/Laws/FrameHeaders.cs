using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The headers of a frame, kept.</summary>
internal sealed record FrameHeaders(
    long Number, PacketKind Kind, IpEndpoint Source, IpEndpoint Destination, uint Sequence, uint Acknowledgment, TcpFlags Flags, int PayloadLength, uint SelectivelyAcknowledged)
{
    public bool Has(TcpFlags flag) => (Flags & flag) != 0;

    /// <summary>The headers of one frame; <see cref="SelectivelyAcknowledged"/> is the highest edge of its SACK blocks (RFC 2018), 0 where there is none.</summary>
    public static FrameHeaders Of(PacketDecoder decoder, MemoryFrame frame)
    {
        decoder.Decode(new CapturedFrame(new FrameMark(frame.Number, frame.Time), frame.Link, frame.Data, frame.OriginalLength), out var packet);
        return new FrameHeaders(frame.Number, packet.Kind, packet.Source, packet.Destination, packet.Sequence, packet.Acknowledgment, packet.Flags, packet.PayloadLength, Sack(packet.Options));
    }

    private static uint Sack(ReadOnlySpan<byte> options)
    {
        for (var at = 0; at < options.Length;)
        {
            if (options[at] == 0) return 0;
            if (options[at] == 1)
            {
                at++;
                continue;
            }

            if (at + 1 >= options.Length || options[at + 1] < 2) return 0;
            var end = at + options[at + 1];
            if (options[at] == 5 && end <= options.Length && end - at >= 10) return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(options[(at + 6)..]);
            at = end;
        }

        return 0;
    }
}
